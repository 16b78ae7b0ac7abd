import { type ProblemEntry, said, told } from './problem-entry.ts'

const askAgain = ['Ask for a new one.', 'Pide uno nuevo.'] as const

/** Purposes, notices, the ledger and what follows from it. */
export const ofConsent: Readonly<Record<string, ProblemEntry>> = {
  'as-of-in-future': told(
    422,
    'A decision was to be explained as of a day to come.',
    'Ask for now or for a past instant.',
  ),
  'purpose-unknown': told(
    404,
    'There is no such purpose, or it is not one of yours.',
    'Ask for a purpose your system is registered for; see GET /api/v1/purposes.',
  ),
  'purpose-already-retired': told(
    409,
    'The purpose has been retired before; the day it ended stands.',
    'Nothing needs to be done.',
  ),
  'notice-unknown': told(
    404,
    'There is no such notice among your purposes.',
    'Read the one in force with GET /api/v1/notices.',
  ),
  notice_unknown: told(
    422,
    'The answer was given on a wording that was never published.',
    'Show the wording of GET /api/v1/notices unchanged and send its reference back.',
  ),
  'notice-outdated': told(
    409,
    'The wording changed since it was shown; nothing was recorded.',
    'Show the wording in force and ask again.',
  ),
  choice_not_offered: told(
    422,
    'An answer was given to a question nobody was asked.',
    'Answer only what the purpose offers, on its contact channels.',
  ),
  choice_answered_twice: told(422, 'There are two answers to one question.', 'Send one.'),
  choice_ticked_by_default: told(
    422,
    'The control was ticked before the person touched it. That is no consent (C-673/17).',
    'Show it unticked and ask again.',
  ),
  consent_not_own: said(
    403,
    [
      'Only the person, or a guardian for a child, can say yes.',
      'Solo la persona, o quien tutela a un menor, puede decir que sí.',
    ],
    ["Let the person answer; a system sends the person's own token.", 'Que responda la propia persona.'],
  ),
  objection_not_own: said(
    403,
    ['One person cannot object for another.', 'Nadie puede oponerse por otra persona.'],
    ['Let the person object.', 'Que se oponga la propia persona.'],
  ),
  'contact-channel-not-yours': told(
    403,
    'Your client is not registered for this contact channel.',
    'Ask for the channel you were registered for: a yes to one is none for another.',
  ),
  'recipient-may-not-write': told(
    403,
    'A system that receives data for itself does not record what people said to us.',
    'Send the person to us, or let a system of the house report it.',
  ),
  'house-only': told(
    403,
    'Sales and contracts are reported by clients of the house itself.',
    'Let the system that sold report it.',
  ),
  'contact-point-unknown': told(
    422,
    'The address or number is none of this person.',
    'Leave it out, or send the one the person has with us.',
  ),
  'subject-token-refused': told(
    403,
    'The token is not a live one of this person, given to your client.',
    "Send the person's own access token, or leave it out.",
  ),
  'subject-unknown': told(
    404,
    'Nobody is known by this name.',
    'Use the `sub` that your own client was given.',
  ),
  'subject-not-active': told(
    422,
    'The account is blocked or gone; nothing can be recorded for it.',
    'Stop processing this person.',
  ),
  'cursor-gone': told(
    410,
    'The cursor is not one of this list, or too old.',
    'Begin again without `changed_since`.',
  ),
  'receipt-unknown': said(
    404,
    ['There is no such receipt here.', 'No hay ningún justificante así.'],
    ['Look it up in the history.', 'Búscalo en tu historial.'],
  ),
  receipt_without_notice: told(
    422,
    'The wording behind an act is not at hand, so no receipt can be made.',
    'Report it: a notice is missing from the registry.',
  ),
  'ledger-busy': said(
    503,
    ['Somebody else is recording for this person.', 'Alguien más está guardando algo de esta persona.'],
    ['Try again.', 'Prueba otra vez.'],
  ),
  'evidence-needed': told(
    409,
    'The proof is needed for as long as the account is in use.',
    'Block or erase the account first.',
  ),
  'linked-account-in-use': told(
    409,
    'Another account of the person is in use and hears the no of this one.',
    'Undo the link first, or block or erase that account too.',
  ),
  'evidence-role': told(403, 'The service may not erase evidence.', 'Run it as the owner of the tables.'),
  'ledger-behind': told(409, 'The act has no place in the log yet.', 'Try again when the log has caught up.'),
  'link-expired': said(410, ['This link is no longer valid.', 'Este enlace ya no vale.'], askAgain),
  'confirmation-unknown': said(
    404,
    ['There is no such confirmation.', 'No hay ninguna confirmación así.'],
    askAgain,
  ),
  'invitation-over': said(410, ['This invitation is over.', 'Esta invitación ha terminado.'], askAgain),
  'guardian-address-own': said(
    422,
    ["This is the child's own address.", 'Esta es la dirección del menor.'],
    ['Give the address of an adult.', 'Escribe la dirección de una persona adulta.'],
  ),
  'guardian-known': told(409, 'This invitation was answered a moment ago.', 'Nothing else is needed.'),
  'guardian-not-verified': told(
    403,
    'This guardian was not verified for the child.',
    'Verify the guardian first.',
  ),
  'guardian-proof-too-weak': told(403, 'Here the law asks for a proof of identity.', 'Use a stronger proof.'),
  'no-guardian-needed': told(409, 'This person decides alone.', 'Ask the person.'),
  'grounds-missing': told(
    422,
    'An objection is overridden by compelling grounds only.',
    'Say which grounds prevail, and why.',
  ),
  'objection-absolute': told(
    403,
    'Nothing overrides an objection to advertising (GDPR Art. 21(3)).',
    'Stop.',
  ),
  'no-objection': told(409, 'No objection stands against this purpose.', 'There is nothing to override.'),
  'no-restriction': told(409, 'No restriction of this scope stands.', 'There is nothing to lift.'),
  'restriction-scope': told(
    422,
    'The scope names nothing that is in the registry.',
    'Name all, a purpose or an attribute.',
  ),
  'nobody-to-tell': told(
    409,
    'There is no contact point to tell the person at.',
    'Tell the person in another way first, and record the day.',
  ),
  'notice-not-sent': told(503, 'The message could not be sent; nobody was told.', 'Try again later.'),
  'notice-being-sent': told(409, 'This very notice is being sent.', 'Look again in a moment.'),
  'told-day': told(422, 'The person was told between the restriction and today.', 'Name the day they knew.'),
  'facts-moved-on': told(
    409,
    'Something was recorded about the person since the decision was looked at; nothing was kept.',
    'Look at what stands now, and decide again.',
  ),
  'person-not-told': told(
    409,
    'The person must be told before a restriction ends (GDPR Art. 18(3)).',
    'Announce it, and wait.',
  ),
  'proof-unknown': told(404, 'There is no such act to prove.', 'Look it up in the history of the person.'),
  'reason-missing': told(422, 'This is not done without a reason.', 'Say why.'),
  'officer-unknown': told(
    404,
    'The login is no data protection officer’s here.',
    'Name the login of who decided.',
  ),
  'officer-only': told(403, 'Only the data protection officer decides this.', 'Ask them.'),
  'purchase-in-future': told(422, 'The sale has not happened yet.', 'Check the clock of the till.'),
  'jurisdiction-unknown': told(422, 'The country is not one.', 'Name it by its two letters.'),
  'notice-empty': told(
    422,
    'A notice lacks a title, a summary or a text, or a purpose its notices.',
    'Write it.',
  ),
  'notice-published': told(
    409,
    'This version of the notice is published and cannot change.',
    'Publish the next version.',
  ),
  'notice-not-plain': told(
    422,
    'The linter found something in the words.',
    'Run `placet purpose lint` and write it plainer.',
  ),
  'purpose-change-is-material': told(
    422,
    'What is done with whose data changes, so it is no edit of words.',
    'Publish it as a material change.',
  ),
  'purpose-changed-meanwhile': told(
    409,
    'Somebody changed the purpose meanwhile.',
    'Look at how it stands now, and decide again.',
  ),
  'purpose-channel-mixed': told(
    422,
    'A purpose that contacts nobody cannot have contact channels too.',
    'Make two purposes of it.',
  ),
  'purpose-draft-exists': told(409, 'The purpose already has a draft.', 'Publish or discard it first.'),
  'purpose-draft-missing': told(404, 'The purpose has no draft.', 'Draft a version first.'),
  'purpose-id-shape': told(422, 'The id of a purpose reads like marketing.direct.', 'Choose another.'),
  'purpose-marketing-by-contract': told(
    422,
    'Advertising is no performance of a contract (EDPB 2/2019).',
    'Ask for consent.',
  ),
  'purpose-name-unknown': told(
    422,
    'The catalogue has no such attribute or recipient.',
    'Use the ids of the catalogue.',
  ),
  'purpose-source-shape': told(
    422,
    'A data source of the purpose is none.',
    'Name a channel such as web, or somebody by kind and name, such as partner:acme.',
  ),
  'purpose-validity-shape': told(422, 'The validity of a yes is no duration.', 'Write it like P24M.'),
  'purpose-version-unknown': told(
    404,
    'A notice is written against a version that does not exist.',
    'Draft the version first.',
  ),
  'purpose-without-assessment': told(
    422,
    'Legitimate interest needs a balancing test (GDPR Art. 6(1)(f)).',
    'Attach the assessment.',
  ),
  'purpose-without-basis': told(422, 'A purpose needs a legal basis (GDPR Art. 6).', 'Name one.'),
  'purpose-without-channel': told(422, 'A purpose names no contact channel.', 'Name one, or `none`.'),
  'purpose-without-notice': told(
    409,
    'What people cannot be told, nobody may do (GDPR Art. 13).',
    'Write the notice of this version first.',
  ),
  'product-family-name': told(
    422,
    'The name of a family or category of products is none.',
    'Use lower case letters, digits, hyphens and underscores.',
  ),
  'product-family-unknown': told(404, 'The family holds nothing of this.', 'List the families.'),
  'rule-pack-document': told(
    422,
    'The version of the law is not written as it must be.',
    'Correct the fields that are named.',
  ),
  'rule-pack-unknown': told(404, 'There is no such version of the law.', 'List the versions.'),
  'rule-pack-published': told(
    409,
    'This version of the rule pack is published and cannot change.',
    'Publish the next version.',
  ),
}

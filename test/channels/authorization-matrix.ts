/**
 * Who is let in where (R103): one row for every route of every channel, one answer for every kind of caller. It is written
 * by hand and not derived from the routes, because it is what the routes are held against.
 */
export const callers = [
  'anonymous',
  'subject',
  'other-subject',
  'admin',
  'dpo',
  'agent',
  'store-manager',
  'store-staff',
  'client',
  'kiosk-visitor',
] as const

export type MatrixCaller = (typeof callers)[number]

/**
 * `in`: past the guard, whatever the handler then says. `out`: not recognised as a caller of this kind, so 401. `more`: recognised,
 * and asked for a stronger or fresher proof, 401. `no`: recognised and not allowed, 403. `hidden`: the thing belongs to somebody else, and is
 * answered like one that does not exist, 404.
 */
export type Outcome = 'in' | 'out' | 'more' | 'no' | 'hidden'

export type Row = Readonly<Record<MatrixCaller, Outcome>>

const everyone = (outcome: Outcome): Row => ({
  anonymous: outcome,
  subject: outcome,
  'other-subject': outcome,
  admin: outcome,
  dpo: outcome,
  agent: outcome,
  'store-manager': outcome,
  'store-staff': outcome,
  client: outcome,
  'kiosk-visitor': outcome,
})

/** Pages and steps that anybody may open; what they then show depends on what is proven in them. */
const open = everyone('in')
/** A person's own pages: each customer sees their own. */
const ofSubject: Row = { ...everyone('out'), subject: 'in', 'other-subject': 'in' }
/** Pages about one thing of one person, named in the address. */
const ofItsOwner: Row = { ...ofSubject, 'other-subject': 'hidden' }
/** Whoever stands at a kiosk, and nobody else: a session on a phone or at a desk is no visit (R46). */
const ofKioskVisitor: Row = { ...everyone('out'), 'kiosk-visitor': 'in' }
/** What comes with working here, whatever the role. */
const ofAnyStaff: Row = {
  ...everyone('out'),
  admin: 'in',
  dpo: 'in',
  agent: 'in',
  'store-manager': 'in',
  'store-staff': 'in',
}
/** Who configures the tree of touchpoints sees it all, who runs a store their own part; the others are told so. */
const ofPlaces: Row = {
  ...ofAnyStaff,
  dpo: 'no',
  agent: 'no',
  'store-staff': 'no',
}
/** What only the data protection officer may open; the others who work here are told so. */
const ofDpo: Row = {
  ...everyone('out'),
  admin: 'no',
  dpo: 'in',
  agent: 'no',
  'store-manager': 'no',
  'store-staff': 'no',
}
/** What only those who take calls may open; the others who work here are told so. */
const ofAgent: Row = { ...ofDpo, dpo: 'no', agent: 'in' }
/** Systems with a token of their own and the scope; a person's session and a member of staff are none. */
const ofClient: Row = { ...everyone('out'), client: 'in' }
/** About one person or thing that this client was never told of. */
const ofItsClient: Row = { ...ofClient, client: 'hidden' }
const rows = (row: Row, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, row]))

export const matrix: Readonly<Record<string, Row>> = {
  ...rows(open, [
    'sign-in.start',
    'sign-in.identify',
    'sign-in.identify.answer',
    'sign-in.identify.passkey-options',
    'sign-in.identify.passkey',
    'sign-in.step-up',
    'sign-in.step-up.passkey-options',
    'sign-in.step-up.passkey',
    'sign-in.enter-password',
    'sign-in.enter-password.answer',
    'sign-in.enter-code',
    'sign-in.enter-code.answer',
    'sign-in.send-code',
    'sign-in.create-account',
    'sign-in.create-account.answer',
    'sign-in.your-details',
    'sign-in.your-details.answer',
    'sign-in.check-answers',
    'sign-in.check-answers.answer',
    'sign-in.create-passkey',
    'sign-in.create-passkey.options',
    'sign-in.create-passkey.answer',
    'sign-in.create-passkey.skip',
    'sign-in.authorize-client',
    'sign-in.authorize-client.answer',
    'sign-in.preferences',
    'sign-in.preferences.answer',
    'sign-in.saved-choices',
    'sign-in.saved-choices.continue',
  ]),
  ...rows(open, ['privacy-centre.signed-in', 'privacy-centre.sign-out']),
  // From a message about a request that somebody else opened: whoever holds the sealed address may say that it is not theirs.
  ...rows(open, ['privacy-centre.request-not-mine', 'privacy-centre.request-not-mine.answer']),
  // Whoever holds the sealed address may act; a made-up one is answered as one that ran out.
  ...rows(open, [
    'consent-links.confirm',
    'consent-links.confirm.answer',
    'consent-links.withdraw',
    'consent-links.withdraw.answer',
    'consent-links.call',
    'consent-links.call.answer',
    'consent-links.call.not-mine',
    'consent-links.guardian',
    'consent-links.guardian.code',
    'consent-links.guardian.answer',
    'consent-links.guardian-yes',
    'consent-links.guardian-yes.withdraw',
    'consent-links.guardian-yes.receipt',
  ]),
  ...rows(ofSubject, [
    'privacy-centre.overview',
    'privacy-centre.permissions',
    'privacy-centre.permissions.save',
    'privacy-centre.permissions.object',
    'privacy-centre.permissions.object-to-marketing',
    'privacy-centre.ask-guardian',
    'privacy-centre.ask-guardian.send',
    'privacy-centre.card',
    'privacy-centre.card.ask',
    'privacy-centre.history',
    'privacy-centre.changes',
    'privacy-centre.changes.choose',
    'privacy-centre.your-data',
    'privacy-centre.edit-value',
    'privacy-centre.requests',
    'privacy-centre.new-request',
    'privacy-centre.new-request.send',
    'privacy-centre.edit-value.save',
    'privacy-centre.residence',
    'privacy-centre.residence.save',
    'privacy-centre.permissions.during-restriction',
    'privacy-centre.recipients',
    'privacy-centre.security',
    'privacy-centre.security.confirm',
    'privacy-centre.security.passkey-options',
    'privacy-centre.security.add-passkey',
    'privacy-centre.security.password',
    'privacy-centre.security.set-password',
    'privacy-centre.security.end-other-sessions',
    // Leads on from the page of a receipt and says nothing about it.
    'privacy-centre.saved.continue',
    // Another's reference is answered as one that has ended already, and ends nothing: see the test beside this table.
    'privacy-centre.security.end-session',
    'privacy-centre.notifications',
    'privacy-centre.notifications.turn-on',
    'privacy-centre.notifications.turn-off',
    'privacy-centre.callers',
    // Without a fresh passkey it leads to where one is asked for, whoever the client is.
    'privacy-centre.callers.lift',
  ]),
  // The phone in front of a kiosk: a customer's alone. Nobody who works here can say yes for them (R56).
  ...rows(ofSubject, ['device.open', 'device.enter', 'device.answer']),
  // Neither of them signed in with a passkey.
  ...rows({ ...ofSubject, subject: 'more', 'other-subject': 'more' }, ['device.confirm-with-passkey']),
  // Answered by a customer who signed in with their own passkey, and by nobody who works here (R56). A made-up link leads nowhere.
  ...rows({ ...ofSubject, subject: 'more', 'other-subject': 'more' }, ['call-approval.open']),
  ...rows({ ...ofSubject, subject: 'hidden', 'other-subject': 'hidden' }, ['call-approval.answer']),
  // Nobody has one in this house, and whoever asks is told so.
  ...rows({ ...ofSubject, subject: 'hidden', 'other-subject': 'hidden' }, [
    'privacy-centre.permissions.resend-confirmation',
  ]),
  // Nobody has asked for a card yet.
  ...rows({ ...ofSubject, subject: 'hidden', 'other-subject': 'hidden' }, ['privacy-centre.card.code']),
  // Credentials are given out only where the house says so, and this one does not.
  ...rows({ ...ofSubject, subject: 'hidden', 'other-subject': 'hidden' }, [
    'privacy-centre.receipt.credential',
  ]),
  ...rows(ofItsOwner, [
    'privacy-centre.request',
    'privacy-centre.request.take-back',
    'privacy-centre.saved',
    'privacy-centre.receipt',
    'privacy-centre.receipt.file',
    'privacy-centre.receipt.proof',
    'privacy-centre.receipt.with-proof',
    'privacy-centre.receipt.json-ld',
    'privacy-centre.security.rename-passkey',
    'privacy-centre.security.remove-passkey',
  ]),
  // Both have signed in with a password, and this page is there to ask for a passkey.
  ...rows({ ...ofSubject, subject: 'more', 'other-subject': 'more' }, [
    'privacy-centre.security.confirm-with-passkey',
    'privacy-centre.notifications.confirm-with-passkey',
    'privacy-centre.callers.confirm-with-passkey',
  ]),
  ...rows(open, [
    'staff.sign-in',
    'staff.sign-in.options',
    'staff.sign-in.submit',
    'staff.enrolment-code',
    'staff.enrol',
    'staff.enrol.options',
    'staff.enrol.submit',
    'staff.sign-out',
  ]),
  ...rows(ofAnyStaff, ['staff.home']),
  ...rows(ofPlaces, ['staff.touchpoints', 'staff.touchpoint', 'staff.touchpoint.revoke']),
  ...rows({ ...ofPlaces, 'store-manager': 'no' }, [
    'staff.touchpoints.add',
    'staff.touchpoint.change',
    'staff.touchpoint.close',
  ]),
  // Whoever keeps the tree brings no terminal into service: that is for who is in charge where it stands.
  ...rows({ ...ofPlaces, admin: 'no' }, ['staff.touchpoint.code']),
  // Whoever holds a code may use it; a made-up one is told that it is none.
  ...rows(open, ['kiosk.enrol-terminal']),
  // The screens say nothing about anybody; what opens a visit is a token with a proof of the terminal's key.
  ...rows(open, [
    'kiosk.setup',
    'kiosk.sign-in',
    'kiosk.end',
    'kiosk.closed',
    'kiosk.passkey-options',
    'kiosk.passkey',
    'kiosk.card-code',
    'kiosk.card',
    'kiosk.help',
    'kiosk.offline',
  ]),
  ...rows(everyone('out'), ['kiosk.begin-visit']),
  ...rows(ofKioskVisitor, ['kiosk.choices', 'kiosk.choices.answer', 'kiosk.here', 'kiosk.alive']),
  // A shop's staff, and nobody who configures or watches the house; the customer's side is for whoever holds the sealed address.
  ...rows({ ...ofAnyStaff, admin: 'no', dpo: 'no', agent: 'no' }, [
    'store.home',
    'store.help',
    'store.help.look',
    'store.enrol',
    'store.enrol.begin',
    'store.receipt',
    'store.receipt.send',
  ]),
  ...rows(open, [
    'store.begin',
    'store.begin.open',
    'store.answers',
    'store.answers.save',
    'store.finish',
    'store.finish.answer',
    'store.finish.confirm',
    'store.finish.not-me',
  ]),
  ...rows(ofDpo, ['dpo.stores']),
  // Whoever takes calls, and nobody else. A made-up call is answered as somebody else's.
  ...rows(ofAgent, ['calls.desk', 'calls.open', 'calls.pop']),
  ...rows({ ...ofAgent, agent: 'hidden' }, [
    'calls.call',
    'calls.find',
    'calls.choose',
    'calls.own-device',
    'calls.waiting',
    'calls.waiting.state',
    'calls.code',
    'calls.code.check',
    'calls.call-back',
    'calls.call-back.confirm',
    'calls.unmask',
    'calls.choices',
    'calls.choices.answer',
    'calls.request',
    'calls.request.open',
    'calls.wrap-up',
    'calls.end',
    'calls.drop',
    'calls.language',
    'calls.resume',
  ]),
  // Whoever watches over calls takes none, and the other way round.
  ...rows(ofDpo, ['calls.live']),
  ...rows(ofDpo, ['staff.proof', 'staff.proof.search', 'staff.proof.file']),
  ...rows(ofDpo, ['dpo.requests', 'dpo.request']),
  ...rows(ofDpo, [
    'dpo.people',
    'dpo.people.open',
    // Without a reason given for this person, the officer is asked for one and sees nothing of them.
    'dpo.person',
    'dpo.restrict',
    'dpo.restrict.decide',
    'dpo.announce-lift',
    'dpo.announce-lift.decide',
    'dpo.lift-restriction',
    'dpo.lift-restriction.decide',
    'dpo.override-objection',
    'dpo.override-objection.decide',
    'dpo.suppress',
    'dpo.suppress.decide',
    'dpo.lift-suppression',
    'dpo.lift-suppression.decide',
    'dpo.explain',
    'dpo.explain.ask',
  ]),
  ...rows(ofDpo, [
    'dpo.purposes',
    'dpo.purposes.dpv',
    'dpo.purpose',
    'dpo.purpose.dpv',
    'dpo.purpose.preview',
    'dpo.purpose.propose',
    'dpo.purpose.propose.save',
    'dpo.purpose.publish',
    'dpo.purpose.publish.confirm',
    'dpo.purpose.retire',
    'dpo.purpose.retire.confirm',
    'dpo.draft',
    'dpo.draft.save',
    'dpo.draft.discard',
    'dpo.document',
    'dpo.document.save',
    'dpo.campaigns',
    'dpo.campaigns.plan',
  ]),
  // There is none in this house.
  ...rows({ ...ofDpo, dpo: 'hidden' }, ['dpo.campaign', 'dpo.campaign.start', 'dpo.campaign.end']),
  ...rows(open, [
    'verifier.verify',
    'verifier.verify.check',
    'verifier.saved',
    'verifier.keys',
    'verifier.checkpoint',
  ]),
  ...rows(ofClient, [
    'api.purposes',
    'api.notices',
    'api.notice',
    'api.consents',
    'api.objections',
    'api.suppressions',
    'api.privacy-requests',
    'api.calls',
    'api.calls.state',
    'api.calls.events',
    'api.purchases',
    'api.contracts',
    'api.contracts.end',
    'api.residences',
    'api.notices-shown',
    'api.permissions',
    'api.decisions',
    'api.decisions.explain',
    'api.receipt',
    'api.tills.codes',
    'api.tills.presentations',
    'api.loyalty-codes',
  ]),
  // A till is a client with a place, and the one of these tests has none.
  ...rows({ ...ofClient, client: 'no' }, ['api.tills.look-ups', 'api.tills.keys']),
  ...rows(ofItsClient, ['api.purpose', 'api.subject.permissions']),
  ...rows(open, ['docs.api', 'docs.openapi', 'docs.problems', 'docs.problem']),
  // Every page in every state, with made-up people; it is not there in production.
  ...rows(open, ['gallery.index', 'gallery.page']),
}

/** Routes that carry nobody's data and belong to no channel: files and the like, named after what they serve. */
export const isAsset = (name: string): boolean => name.startsWith('assets.')

const unproven = ['step-up-needed', 'sign-in-too-old']

/**
 * What an answer says about the gate it came through. Asked as a program, so that nobody is sent to a sign-in page instead;
 * `code` is that of the problem details.
 */
export function outcomeOf(status: number, code?: string): Outcome {
  if (status === 401) return code !== undefined && unproven.includes(code) ? 'more' : 'out'
  if (status === 403) return 'no'
  return status === 404 ? 'hidden' : 'in'
}

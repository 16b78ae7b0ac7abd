import type { consent as es } from '../es/consent.ts'

export const consent: Record<keyof typeof es, string> = {
  'purpose.changed': 'Has changed',
  'purpose.whatChanged': 'What has changed',
  'purpose.changedVersions': 'Before: version {before}. Now: version {after}.',
  'purpose.more': 'More information',
  'purpose.controller': 'Who answers for your data',
  'purpose.data': 'Which data',
  'purpose.recipients': 'Who receives it',
  'purpose.noRecipients': 'Nobody else',
  'purpose.transfers': 'Outside Europe',
  'purpose.retention': 'How long',
  'purpose.howToStop': 'How to stop it',
  'purpose.fullText': 'Full text',
  'purpose.noticeVersion': 'version {version}',
  'purpose.allowUse': 'Do you let us?',
  'purpose.since.yes': 'You said yes on {at, date, day}',
  'purpose.since.no': 'You said no on {at, date, day}',
  'purpose.since.guardian.yes': 'Your mother, father or guardian said yes on {at, date, day}',
  'purpose.since.guardian.no': 'Your mother, father or guardian said no on {at, date, day}',

  'preferences.title.first-time': 'What would you like to receive from us?',
  'preferences.title.changed': 'We have changed a text. What do you decide?',
  'preferences.title.expired': 'One of your permissions has run out. What do you decide?',
  'preferences.lead.first-time': 'You choose. Whatever you say, your {brand} account works the same.',
  'preferences.lead.changed':
    'We ask only about what has changed. Whatever you say, your {brand} account works the same.',
  'preferences.lead.expired':
    'You said yes some time ago and it no longer counts. Whatever you say, your {brand} account works the same.',
  'preferences.unanswered': 'If you leave something unanswered, we take it as a no.',
  'preferences.save': 'Save preferences',
  'preferences.allAtOnce': 'or answer everything at once',
  'preferences.acceptAll': 'Accept all',
  'preferences.refuseAll': 'Refuse all',
  'preferences.later': 'Decide later',
  'preferences.askedAgain':
    'If you say no or leave it, we do not ask again before {from, date, day}, unless the text changes.',

  'savedChoices.title': 'Preferences saved',
  'savedChoices.lead': 'This is what you have decided. You can change it whenever you like.',
  'savedChoices.awaitsConfirmation':
    'We have sent you an email to confirm a yes. Until you confirm it, it counts as no.',
  'savedChoices.receipt': 'See the receipt',
  'savedChoices.change': 'Change my permissions',
  'savedChoices.continue': 'Continue',

  'authorizeClient.title': 'Do you want to share data with {client}?',
  'authorizeClient.lead': 'The request comes from {domain}, which is another company.',
  'authorizeClient.needed': 'Data it needs',
  'authorizeClient.optional': 'Data you can add',
  'authorizeClient.noValue': 'We do not have it yet',
  'authorizeClient.purpose': 'What for',
  'authorizeClient.duration': 'How long',
  'authorizeClient.howToStop':
    'Under Permissions, whenever you like. We stop giving it your data at that moment.',
  'authorizeClient.theirNotice': 'How {client} handles your data',
  'authorizeClient.share': 'Share',
  'authorizeClient.refuse': 'Do not share',
  'authorizeClient.ifRefused': 'If you do not share, you go back to {client} and it receives nothing.',

  'permissions.title': 'Your permissions',
  'permissions.lead': 'What you let us do with your data, purpose by purpose.',
  'permissions.empty': 'We have not asked you for any permission',
  'permissions.emptyLead': 'When we do, you will see it here and can change it.',
  'permissions.takesEffect':
    'Changes count from the moment you save: whoever asks us afterwards gets the new answer. We give you a receipt.',
  'permissions.save': 'Save changes',
  'permissions.interests': 'Without asking you, but you can object',
  'permissions.interestsLead':
    'We do this for a legitimate interest. If you object we stop, unless the law lets us go on.',
  'permissions.object': 'Object',
  'permissions.objected': 'You objected on {at, date, day}. We no longer do it.',
  'permissions.overridden':
    'You objected. On {at, date, day} we decided to go on, for reasons that weigh more. You can complain to the authority.',
  'permissions.overriddenWhy': 'Read the reasons',
  'permissions.objectAgain': 'Object again',
  'permissions.restricted': 'The use of your data is restricted',
  'permissions.notUsed': 'Not used',
  'permissions.restrictedLead':
    'We keep it and do not use it for this, even where it says yes below. We will tell you before it ends.',
  'permissions.restrictedSince': 'Since {since, date, day}',
  'duringRestriction.title': 'Allow a use while the restriction lasts',
  'duringRestriction.lead':
    'If you do nothing, we do not use your data. You can allow a single use, and take it back here at any time.',
  'duringRestriction.notAllowed': 'It is not used for this now.',
  'duringRestriction.allowed':
    'You allowed it on {at, date, day}, knowing of the restriction. If you take it back, it will not count afterwards either.',
  'duringRestriction.allow': 'Allow despite the restriction',
  'duringRestriction.takeBack': 'Take this permission back',
  'permissions.necessary': 'What it takes to serve you',
  'permissions.necessaryLead': 'This does not depend on a permission. We tell you why we may do it.',
  'permissions.history': 'See the history and the receipts',
  'permissions.whoReceived': 'See who has received your data',

  'withdrawn.title': 'Done: we have stopped it',
  'withdrawn.lead': 'It counts from {at, date, moment}. You do not have to do anything else.',
  'withdrawn.allUse': 'Every use for this purpose',
  'withdrawn.stopped': 'They had your data for this',
  'withdrawn.stoppedHow':
    'From the next time they ask us, they no longer get them. Whoever follows our changes sees it at once.',
  'withdrawn.whoeverHad':
    'If anybody was getting your data for this, they no longer do from the next time they ask us. Your privacy centre shows who has received them.',
  'withdrawn.permissions': 'See all my permissions',
}

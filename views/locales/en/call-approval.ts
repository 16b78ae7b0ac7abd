import type { callApproval as spanish } from '../es/call-approval.ts'

export const callApproval: Record<keyof typeof spanish, string> = {
  'callRequest.title': 'Are you talking to us?',
  'callRequest.onlyIf':
    'Confirm only if you are on the telephone with {brand} right now and they told you these words: {message}',
  'callRequest.notIf':
    'Do not confirm if you did not call, or if the words are different. Nobody on our team can do it for you.',
  'callRequest.decline': 'Do not confirm',
  'callRequest.report': 'That was not me',
  'callRequest.message': 'Words they tell you',
  'callRequest.agent': 'Who you talk to',
  'callRequest.client': 'Asked by',
  'callRequest.place': 'From',
  'callRequest.since': 'Asked',
  'callRequest.until': 'Valid until',
  'callRequest.at': '{at, date, moment}',
  'callRequest.may': 'What they can do',
  'callRequest.knowsYou': 'Know that it is you during this call.',
  'callRequest.sees': 'See what your choices allow, to help you ({scopes}).',
  'callRequest.approve': 'Yes, it is me',
  'callRequest.never': 'Whoever helps you cannot give permissions for you or change your keys.',

  'callOutcome.approved.title': 'Confirmed',
  'callOutcome.approved.lead': 'They can help you now. You are talking to {agent}. You can close this page.',
  'callOutcome.declined.title': 'You did not confirm',
  'callOutcome.declined.lead': 'We gave nothing to {agent}. This request is over.',
  'callOutcome.reported.title': 'We have stopped it',
  'callOutcome.reported.lead':
    'Thank you for telling us. The request of {agent} and whatever came of it has ended, and that application can no longer ask you. Our team will look into it.',
  'callOutcome.expired.title': 'This request has expired',
  'callOutcome.expired.lead': 'If you are still talking to {agent}, ask for another one.',
  'callOutcome.not-found.title': 'There is no request for you here',
  'callOutcome.not-found.lead':
    'It may have expired, or belong to another account. If you are on the telephone, ask for another one.',
  'callOutcome.report': 'That was not me',
  'callOutcome.security': 'Review my security',
  'callOutcome.privacy': 'Go to my privacy',

  'security.activity.call-asked': 'Somebody from telephone service asked you to confirm that it was you',
  'security.activity.call-approved': 'You confirmed a call',
  'security.activity.call-access':
    'Whoever helped you on the telephone got into your account, with your confirmation',
  'security.activity.call-declined': 'You did not confirm a call',
  'security.activity.call-reported': 'You said “That was not me” to a call',
  'security.activity.agent-token': 'One of our staff could see your data for some minutes, to help you',
  'security.activity.agent-access': 'One of our staff looked at your data, to help you',

  'mail.callApproval.subject': '{brand}: somebody on the telephone asks for you',
  'mail.callApproval.lead':
    'If you are on the telephone with {brand}, open the link and confirm that it is you. If not, do nothing or press “That was not me”.',
  'mail.callApproval.message': 'Words they tell you',
  'mail.callApproval.agent': 'Who you talk to',
  'mail.callApproval.client': 'Asked by',
  'mail.callApproval.until': 'Valid until',
  'mail.callApproval.link': 'See the request',
  'mail.callApproval.never': 'We never ask you on the telephone to read us this link.',
  'sms.callApproval':
    '{brand}: {agent} asks for you, words {message}. If you did not call, do not confirm: {href}',
}

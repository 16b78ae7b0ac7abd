/** Calls with our agents: the code that is said aloud, what was written down, and the page where the person answers. */
export const calls = {
  'callLink.title.asks': 'Do you agree?',
  'callLink.title.told': 'What was written down in your call',
  'callLink.title.answered': 'Your answer is saved',
  'callLink.title.answered-before': 'You answered this already',
  'callLink.title.disowned': 'Noted: it was not you',
  'callLink.title.overtaken': 'There is nothing left to answer here',
  'callLink.lead.asks':
    'In the call {reference} of {at, date, moment} we read you what follows. Only what you answer here counts.',
  'callLink.lead.told': 'Call {reference} of {at, date, moment}.',
  'callLink.lead.answered':
    'It counts from this moment. It is your answer to what we read to you in the call {reference}.',
  'callLink.lead.answered-before':
    'This page is answered once. This is how what we read to you in the call {reference} stands now; you can change it whenever you like in your permissions.',
  'callLink.lead.disowned':
    'No yes that was written down in the call {reference} counts, and those who watch over this were told.',
  'callLink.lead.overtaken':
    'Either the text has changed since the call, or you decided it elsewhere. Nothing new was written down.',
  'callLink.save': 'Save my answer',
  'callLink.told': 'You said no to:',
  'callLink.restored': 'Your yes counts again for:',
  'callLink.stays': 'Still a no:',
  'callLink.toBeAsked':
    'This does not come back without asking you. Look at it in your permissions and decide anew:',
  'callLink.notMineTitle': 'Was it not you?',
  'callLink.notMine':
    'If you did not talk to us, or did not say this, tell us before {until, date, moment}. We will leave it as it was.',
  'callLink.notMineRestores': 'The yes you had given will count again for:',
  'callLink.notMineDo': 'I did not do this',

  'mail.callCode.subject': '{code} is the code of your call with {brand}',
  'mail.callCode.lead': 'Tell this code to whoever you are talking to in the call {reference}:',
  'mail.callCode.only':
    'Say it only if you are talking to us now and that person told you the reference {reference}.',
  'mail.callCode.notYou':
    'If you are not on the telephone with us, tell it to nobody: somebody wants to pass for you.',
  'sms.callCode':
    '{brand}: {code} is the code of your call {reference}. Say it only if you are talking to us now. Else to nobody.',

  'mail.callChoices.subject.pending': 'Your answer to what we talked about is missing · {brand}',
  'mail.callChoices.subject.told': 'What we wrote down in your call · {brand}',
  'mail.callChoices.lead': 'This was written down in the call {reference} of {at, date, moment}.',
  'mail.callChoices.pending':
    'You said yes, and it does not count yet: you confirm it yourself, or it is worth nothing.',
  'mail.callChoices.told': 'You said no, and it counts already:',
  'mail.callChoices.link': 'Answer, or say that it was not me',
  'mail.callChoices.until': 'The page is open until {until, date, moment}.',
  'mail.callChoices.notYou':
    'If you did not do this, say so on that same page and we will leave it as it was.',
  'sms.callChoices':
    '{brand}: see what was written down in your call {reference}, confirm it or say it was not you: {href}',

  'security.activity.call-looked-up': 'Your account was looked for in a call',
  'security.activity.call-opened': 'Somebody on our team opened your account in a call',
  'security.activity.call-code-sent': 'We sent you a code for a call',
  'security.activity.call-verified': 'It was checked in a call that it was you',
  'security.activity.call-check-failed': 'It could not be checked in a call that it was you',
  'security.activity.call-back-planned': 'Somebody on our team saw your registered number, to call you back',
  'security.activity.call-back-told': 'Somebody on our team noted that they rang your registered number',
  'security.activity.call-fields-read':
    'Somebody on our team saw which data we have, with the values covered',
  'security.activity.call-field-unmasked': 'Somebody on our team saw one of your data in a call',
  'security.activity.call-choices-read': 'Somebody on our team saw what you said yes and no to, in a call',
  'security.activity.call-choices-told': 'Somebody on our team wrote down what you said in a call',
  'security.activity.call-choices-answered': 'You answered what was read to you in a call',
  'security.activity.call-disowned': 'You said that what was written down in a call was not you',
  'security.activity.call-request-opened': 'You asked for something about your data in a call',
} as const

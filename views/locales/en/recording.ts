import type { recording as spanish } from '../es/recording.ts'

export const recording: Record<keyof typeof spanish, string> = {
  'confirm.title.waiting': 'Do you confirm that you want to receive this?',
  'confirm.title.confirmed': 'Confirmed',
  'confirm.title.overtaken': 'There is nothing to confirm',
  'confirm.lead.waiting': 'Somebody, probably you, said yes to this. It only counts if you confirm it here.',
  'confirm.lead.confirmed': 'It counts now. You can change your mind whenever you like.',
  'confirm.lead.overtaken': 'You changed it later, or the time is over. It counts as no.',
  'confirm.what': 'What you will receive',
  'confirm.yes': 'Yes, I confirm',
  'confirm.notYou': 'If it was not you, close this page. Without your confirmation we will send you nothing.',

  'withdraw.title': 'Shall we stop sending you this?',
  'withdraw.lead': 'You do not have to sign in or tell us why.',
  'withdraw.stop': 'Stop receiving it',
  'withdraw.everything': 'To see and change everything else, go to your permissions.',

  'waits.confirmation.email':
    'You said yes. We sent you an email: confirm there. Until then it counts as no.',
  'waits.confirmation.sms':
    'You said yes. We sent you a text message: confirm there. Until then it counts as no.',
  'waits.contact-point': 'You said yes, but we do not know yet where to write to you. It counts as no.',
  'waits.guardian': 'You said yes. Your mother, father or guardian still has to say yes.',
  'waits.own-word':
    'You said yes before you were old enough to decide. It does not count until you say it now.',
  'waits.resend.email': 'Send the email again',
  'waits.resend.sms': 'Send the text message again',
  'waits.title': 'One step is missing',
  'waits.until': 'You can confirm it until {until, date, moment}.',

  'status.restricted': 'We do not use it now: the use of your data is restricted.',
  'status.objected': 'You objected on {at, date, day}. We do not do it.',
  'status.stopped': 'We do not reach you this way now, whatever you say. Ask us why.',
  'status.expired': 'Your yes has run out. It counts as no until you answer again.',
  'status.superseded': 'You said yes to an earlier text. It counts as no until you answer.',
  'status.invalidated':
    'We annulled your yes on {at, date, day}, because it was not asked properly. It counts as no.',
  'status.revoked': 'We stopped using your permission on {at, date, day}. It counts as no.',
  'status.deferred': 'You left it for later, and it counts as no. We will not ask before {at, date, day}.',

  'choice.ago': '{minutes, plural, =0 {less than a minute ago} one {# minute ago} other {# minutes ago}}',
  'choice.elsewhere.yes': 'While this page was open you said yes {where}, {ago}.',
  'choice.elsewhere.no': 'While this page was open you said no {where}, {ago}.',
  'choice.elsewhere': 'This changed while the page was open, {where}, {ago}.',
  'choice.pressedHere.yes': 'Here you had marked Yes. The last answer counts until you save another.',
  'choice.pressedHere.no': 'Here you had marked No. The last answer counts until you save another.',
  'error.overtaken':
    'Look at what has changed and decide again. You answered elsewhere, and this is not saved yet.',

  'diff.added': 'Added:',
  'diff.removed': 'Removed:',

  'scope.everything': 'All your data and every use',
  'scope.marketing': 'All advertising',

  'guardianState.too-young':
    'You are under {age}. A yes of yours counts once your mother, father or guardian says it too. A no always counts.',
  'guardianState.to-ask': 'At your age, your yes counts once a responsible adult says yes too.',
  'guardianState.not-answered': 'Nobody answered in time, so it counts as no. You can ask them again.',
  'guardianState.see': 'See what we asked them',
  'guardianState.of-age.title': 'You are {age} now: you decide',
  'guardianState.of-age.unheard':
    'What you said before you were old enough does not count. Say it now, if you like.',
  'guardianState.of-age.kept':
    'What your mother, father or guardian allowed still counts. Confirm it, change it or take it back whenever you like.',

  'permissions.guardian': 'We need your mother, father or guardian',
  'permissions.guardianLead': 'At your age, your yes counts once a responsible adult says yes too.',
  'permissions.askGuardian': 'Ask them',
  'permissions.marketing': 'I do not want advertising',
  'permissions.marketingLead':
    'We stop all our advertising, on every channel and from now on. Nobody can override it.',
  'permissions.objectToMarketing': 'Object to all advertising',
  'permissions.marketingObjected':
    'You objected to all our advertising on {at, date, day}. You will only receive what you ask for later.',
  'permissions.exclusionLists':
    'In Spain you can also register free of charge with Lista Robinson or Lista Stop Publicidad. Then other companies do not send you advertising either.',

  'guardianAsk.title': 'Who is responsible for you?',
  'guardianAsk.lead':
    'Write the email address of your mother, father or guardian. We will ask whether they agree with what you chose.',
  'guardianAsk.email': 'Their email address',
  'guardianAsk.emailHint': 'We only use it for this.',
  'guardianAsk.send': 'Ask them',
  'guardianAsk.what': 'You said yes to',
  'guardianAsk.waiting': 'We have written to them. They can answer until {until, date, moment}.',
  'guardianAsk.nothing': 'There is nothing to ask at the moment.',
  'guardianAsk.back': 'Back to my permissions',

  'guardian.title': 'Do you agree?',
  'guardian.lead': 'The account {child} belongs to a minor. They said yes to this and gave us your address.',
  'guardian.why': 'Until you answer, it counts as no. Whatever you say, their account works the same.',
  'guardian.codeTitle': 'First, we check that it is you',
  'guardian.codeLead': 'We send a code to the address where you received this link.',
  'guardian.sendCode': 'Send me a code',
  'guardian.sendAnother': 'Send me another code',
  'guardian.code': 'Code',
  'guardian.codeHint': '{digits} digits. Valid for {minutes} minutes.',
  'guardian.name': 'Your full name',
  'guardian.statement':
    'I declare that I hold parental responsibility for, or am the guardian of, this minor.',
  'guardian.save': 'Save my answer',
  'guardian.allAtOnce': 'or answer everything at once',
  'guardian.nothing': 'There is nothing to answer any more.',
  'guardianDone.title': 'We saved your answer',
  'guardianDone.lead': 'It counts from this moment. You can withdraw it whenever you like.',

  'error.statement-required': 'Tick the box to declare that you are responsible for this person.',
  'error.name-required': 'Write your full name.',
  'error.guardian-answer': 'Answer Yes or No to each thing.',
  'error.guardian-address-own': 'Write somebody else’s address. This one is yours.',
  'error.guardian-proof-too-weak':
    'In your country a proof of identity is needed. Write to us and we will help you.',
  'error.no-guardian-needed': 'We do not have to ask anybody. You decide.',

  'flash.confirmation-sent': 'We sent it to you again.',
  'flash.marketing-objected':
    'You objected to all our advertising. There are also exclusion lists: Lista Robinson and Lista Stop Publicidad.',
  'flash.guardian-asked': 'We have written to them. You will see here when they answer.',

  'mail.confirm.subject': 'Confirm that you want messages from {brand}',
  'mail.confirm.subject.reminder': 'Your confirmation for {brand} is missing',
  'mail.confirm.lead': 'Somebody, probably you, said yes to this with this address:',
  'mail.confirm.do': 'For it to count, open this page and confirm it before {until, date, moment}:',
  'mail.confirm.link': 'Go and confirm',
  'mail.confirm.notYou': 'If it was not you, do nothing. Without your confirmation we will send you nothing.',
  'mail.confirm.last': 'This is the only reminder.',
  'sms.confirm': '{brand}: confirm here that you want our messages: {href} If it was not you, do nothing.',

  'mail.guardianReceipt.subject': 'Receipt for your answer at {brand}',
  'mail.guardianReceipt.lead': 'This is what you answered for somebody in your care:',
  'mail.guardianReceipt.file':
    'The attached file is your signed receipt. Keep it: it proves what you were asked and what you said.',
  'mail.guardianReceipt.change':
    'You can withdraw your permission whenever you like, without a code or a reason:',
  'mail.guardianReceipt.link': 'Withdraw my permission',
  'guardianDone.receipt': 'Download the receipt',
  'guardianDone.withdraw': 'Withdraw my permission',
  'guardianDone.mailed':
    'We sent you the receipt by email, with a link to withdraw your permission whenever you like.',
  'guardianYes.title': 'Withdraw your permission',
  'guardianYes.lead': 'This is what you allowed for {child}. Withdrawing counts from this moment.',
  'guardianYes.all': 'Withdraw all of it',
  'guardianYes.one': 'Withdraw: {purpose}',
  'guardianYes.none': 'No permission of yours is left',
  'guardianYes.noneLead': 'Either you withdrew it, or that person decides alone now.',
  'guardianYes.done': 'We withdrew your permission',
  'guardianYes.doneLead': 'It counts from this moment. There is nothing else to do.',
  'mail.guardian.subject': 'A minor in your care needs your permission at {brand}',
  'mail.guardian.lead':
    'The account {child} at {brand} belongs to a minor. They gave us your address to ask for your permission.',
  'mail.guardian.do': 'Open this page before {until, date, moment} and tell us whether you agree:',
  'mail.guardian.link': 'See what they ask for',
  'mail.guardian.notYou': 'If you are not responsible for a minor, do nothing. We will delete your address.',
  'mail.guardianCode.subject': '{code} is your code for {brand}',
  'mail.guardianCode.lead': 'Write this code in the page you have open:',

  'mail.sentBy.child':
    'Sent to you by {brand} because a minor gave us your address. This is not advertising.',

  'sms.restrictionEnds':
    '{brand}: from {after, date, moment} we will use again the data you asked us to restrict. If you do not agree, write to us before.',
  'mail.restrictionEnds.subject': 'We will use your data again at {brand}',
  'mail.restrictionEnds.lead':
    'You asked us to restrict the use of your data. The restriction will end after {after, date, moment}.',
  'mail.restrictionEnds.do':
    'If you do not agree, write to us before then. You can also complain to the supervisory authority.',
}

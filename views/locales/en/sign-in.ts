import type { signIn as es } from '../es/sign-in.ts'

export const signIn: Record<keyof typeof es, string> = {
  'identify.title': 'Sign in to your account',
  'identify.email': 'Email',
  'identify.continue': 'Continue',
  'identify.or': 'or',
  'identify.usePasskey': 'Use a passkey',
  'identify.withoutPasskeys': 'This browser cannot use passkeys right now. Continue with your email.',
  'identify.newHere': 'Is it your first time?',
  'identify.shortcuts': 'Demo: sign in as…',
  'identify.createAccount': 'Create account',

  'enterPassword.title': 'Enter your password',
  'enterPassword.password': 'Password',
  'enterPassword.continue': 'Sign in',
  'enterPassword.forgot': 'Cannot remember it? Sign in with a one-time code.',
  'enterPassword.sendCode': 'Send me a code',

  'enterCode.title': 'Enter the code',
  'enterCode.lead.sign-in': 'If there is an account with that email, we have sent you a code.',
  'enterCode.lead.create-account': 'We have sent you a message to check that the email is yours.',
  'enterCode.lead.step-up':
    'You are about to do something sensitive. We have sent you a code to confirm it is you.',
  'enterCode.code': 'Code',
  'enterCode.hint':
    '{digits, plural, one {# digit} other {# digits}}. Valid for {minutes, plural, one {# minute} other {# minutes}}.',
  'enterCode.continue.sign-in': 'Sign in',
  'enterCode.continue.create-account': 'Check email',
  'enterCode.continue.step-up': 'Confirm',
  'enterCode.notReceived': 'Not received it?',
  'enterCode.lookInSpam': 'Look in your spam folder. Sometimes it takes a minute.',
  'enterCode.resendIn': 'You can ask for another code in {seconds} s.',
  'enterCode.resend': 'Send me another code',
  'enterCode.otherWay': 'Sign in another way',

  'createAccount.title': 'Create your account',
  'createAccount.lead': 'We start with your email. We will send you a code to check that it is yours.',
  'createAccount.signIn': 'I already have an account',
  'createAccount.email': 'Email',
  'createAccount.emailHint':
    'You will sign in with it. We will not use it for advertising unless you say yes.',
  'createAccount.continue': 'Continue',
  'createAccount.read': 'Before you go on you can read:',
  'createAccount.terms': 'terms of use',
  'createAccount.privacyNotice': 'how we handle your data',

  'yourDetails.title': 'What is your name?',
  'yourDetails.lead': 'We ask only for what is needed. You can leave optional fields empty.',
  'yourDetails.password': 'Password',
  'yourDetails.passwordWhy': 'You do not need one if you sign in with a passkey or with a code.',
  'yourDetails.continue': 'Continue',

  'createPasskey.title': 'Sign in faster next time',
  'createPasskey.lead': 'Create a passkey and sign in with your fingerprint, your face or your screen lock.',
  'createPasskey.what': 'What is a passkey?',
  'createPasskey.explained':
    'It replaces the password. Your device or your password manager keeps it, and nobody can guess it.',
  'createPasskey.private': 'Your fingerprint and your face never leave your device. We do not receive them.',
  'createPasskey.without':
    'This browser cannot create passkeys right now. You can go on and create one later.',
  'createPasskey.create': 'Create passkey',
  'createPasskey.notNow': 'Not now',
  'createPasskey.later': 'You can create or remove it whenever you like under Security.',

  'checkAnswers.title': 'Check your answers',
  'checkAnswers.lead': 'We will create the account with these details. You can change them later too.',
  'checkAnswers.details': 'Your details',
  'checkAnswers.permissions': 'Your permissions',
  'checkAnswers.notGiven': 'Not given',
  'checkAnswers.change': 'Change',
  'checkAnswers.finish': 'Create account',

  'continuing.title': 'Returning to {client}',
  'continuing.lead': 'You are signed in. This takes a moment.',
  'continuing.link': 'Go to {client} now',

  'formPost.lead': 'This takes a moment. If nothing happens, press the button.',

  'signOut.title': 'Do you want to sign out?',
  'signOut.lead': 'With this session you are signed in to:',
  'signOut.leadOne': 'You will have to sign in again to see your account.',
  'signOut.one': 'Sign out',
  'signOut.all': 'Sign out everywhere',
  'signOut.onlyHere': 'Sign out of {client} only',
  'signOut.onlyHereMeans':
    'If you sign out of {client} only, the other applications and your account stay open. Until then, anyone using this browser can get back into {client} without typing anything. On a shared device, sign out everywhere.',
  'signOut.stay': 'Stay signed in',

  'signedOut.title': 'We have signed you out',
  'signedOut.lead': 'You can leave this device now.',
  'signedOut.onlyTitle': 'We have signed you out of {client}',
  'signedOut.onlyLead':
    'The other applications and your account stay open. In this browser it is possible to get back into {client} without typing anything.',
  'signedOut.told': 'We have told',
  'signedOut.sharedDevice': 'If other people use this device, close the browser as well.',
  'signedOut.back': 'Back to {client}',

  'setPassword.title.new': 'Choose a password',
  'setPassword.title.change': 'Change your password',
  'setPassword.title.recovery': 'Choose a new password',
  'setPassword.title.compromised': 'Your password is no longer safe',
  'setPassword.lead.new': 'You will be able to sign in with it as well as with a code.',
  'setPassword.lead.change': 'When you save it we will end your other sessions.',
  'setPassword.lead.recovery': 'When you save it we will end your other sessions and tell you by email.',
  'setPassword.lead.compromised':
    'It appears in a leak from another service. Choose a different one to go on.',
  'setPassword.current': 'Current password',
  'setPassword.new': 'New password',
  'setPassword.hint':
    'At least {length, plural, one {# character} other {# characters}}. Three or four unrelated words work well.',
  'setPassword.save': 'Save password',
}

import type { kioskPhone as spanish } from '../es/kiosk-phone.ts'

export const kioskPhone: Record<keyof typeof spanish, string> = {
  'phoneCode.title': 'Type the code of the kiosk',
  'phoneCode.lead': 'It is on the kiosk’s screen, next to the QR code.',
  'phoneCode.label': 'Code',
  'phoneCode.hint': 'Eight letters, like WDJB-MJHT. With or without the dash.',
  'phoneCode.go': 'Continue',
  'phoneCode.notSent':
    'We never send you this code and never ask for it on the phone. If somebody gave it to you, do not type it.',

  'phoneConfirm.title': 'Are you standing at {kiosk}?',
  'phoneConfirm.onlyIf':
    'You are about to sign in with your account at: {kiosk}, {store}. Continue only if it is in front of you.',
  'phoneConfirm.notIf':
    'Do not go on if this link or code came to you by message, email or phone, or if you are not in the store.',
  'phoneConfirm.decline': 'Do not continue',
  'phoneConfirm.report': 'That was not me',
  'phoneConfirm.kiosk': 'Kiosk',
  'phoneConfirm.store': 'Store',
  'phoneConfirm.since': 'Code asked for',
  'phoneConfirm.at': '{at, date, moment}',
  'phoneConfirm.code': 'Code on its screen',
  'phoneConfirm.application': 'Application',
  'phoneConfirm.may': 'What it will be able to do',
  'phoneConfirm.scope.openid': 'Know who you are while you stand there, for 15 minutes at most.',
  'phoneConfirm.scope.kiosk': 'Show you your permissions, and save what you change on its screen.',
  'phoneConfirm.whichNumber': 'Which number does the kiosk show?',
  'phoneConfirm.numberHint': 'If none of them is there, press “That was not me”.',
  'phoneConfirm.approve': 'Yes, sign in at {kiosk}',
  'phoneConfirm.forgets': 'When you leave, the kiosk forgets you.',

  'phoneDone.title': 'You can go on at the kiosk',
  'phoneDone.lead': 'You are signed in at: {kiosk}, {store}.',
  'phoneDone.ends':
    'When you have finished, press “Sign out” on its screen. If you walk away, it closes within a minute.',
  'phoneDone.report': 'That was not me: close it now',

  'phoneOutcome.declined.title': 'You are not signed in at the kiosk',
  'phoneOutcome.declined.lead': 'Nobody was given anything. This code no longer works.',
  'phoneOutcome.reported.title': 'We have closed it',
  'phoneOutcome.reported.lead':
    'Thank you for telling us. That code no longer works, and if anybody was signed in at the kiosk, they are out. Our team will look into it.',
  'phoneOutcome.wrong-number.title': 'That was not the kiosk’s number',
  'phoneOutcome.wrong-number.lead':
    'To be safe we have cancelled the code, and nobody is signed in. If you are in the store, ask for another on the screen and start again.',
  'phoneOutcome.passkey-needed.title': 'Confirm with your passkey',
  'phoneOutcome.passkey-needed.lead':
    'Your phone and the kiosk seem to be in different countries. If it is in front of you, confirm with a passkey that it is you.',
  'phoneOutcome.passkey': 'Use my passkey',
  'phoneOutcome.security': 'Check my security',
  'phoneOutcome.privacy': 'Go to my privacy',
}

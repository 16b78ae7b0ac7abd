/**
 * The journeys: what the demo is for, walked in a real browser. The same walks are tests, which look closely at every stop, and
 * the pictures of the documentation, which are taken there.
 */
import { acceptAndWithdraw } from './accept-and-withdraw.ts'
import { answerByTelephone } from './answer-by-telephone.ts'
import { changeAPurpose } from './change-a-purpose.ts'
import type { Journey } from './journey.ts'
import { kioskAndPhone } from './kiosk-and-phone.ts'
import { nativeApp } from './native-app.ts'
import { passwordAndCode } from './password-and-code.ts'
import { proveAConsent } from './prove-a-consent.ts'
import { refuseEverything } from './refuse-everything.ts'
import { restrictAPerson } from './restrict-a-person.ts'
import { signInAgainWithPasskey } from './sign-in-again-with-passkey.ts'
import { signOut } from './sign-out.ts'
import { staffEnrolment } from './staff-enrolment.ts'

export const journeys: readonly Journey[] = [
  acceptAndWithdraw,
  refuseEverything,
  signInAgainWithPasskey,
  passwordAndCode,
  nativeApp,
  signOut,
  kioskAndPhone,
  answerByTelephone,
  staffEnrolment,
  proveAConsent,
  restrictAPerson,
  // Last, because from then on everybody who agreed before is asked again.
  changeAPurpose,
]

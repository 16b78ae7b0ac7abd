import { agentConsole } from './es/agent-console.ts'
import { callApproval } from './es/call-approval.ts'
import { calls } from './es/calls.ts'
import { campaigns } from './es/campaigns.ts'
import { consent } from './es/consent.ts'
import { developers } from './es/developers.ts'
import { errors } from './es/errors.ts'
import { kiosk } from './es/kiosk.ts'
import { kioskPhone } from './es/kiosk-phone.ts'
import { loyalty } from './es/loyalty.ts'
import { mail } from './es/mail.ts'
import { notifications } from './es/notifications.ts'
import { page } from './es/page.ts'
import { person } from './es/person.ts'
import { privacyCentre } from './es/privacy-centre.ts'
import { privacyRequests } from './es/privacy-requests.ts'
import { proof } from './es/proof.ts'
import { purposes } from './es/purposes.ts'
import { recording } from './es/recording.ts'
import { signIn } from './es/sign-in.ts'
import { staff } from './es/staff.ts'
import { store } from './es/store.ts'
import { touchpoints } from './es/touchpoints.ts'
import { verifier } from './es/verifier.ts'

/** Spanish is the language the catalogue is written in; every other one has exactly these keys. */
export const es = {
  ...page,
  ...signIn,
  ...consent,
  ...privacyCentre,
  ...privacyRequests,
  ...recording,
  ...staff,
  ...person,
  ...touchpoints,
  ...store,
  ...proof,
  ...purposes,
  ...campaigns,
  ...verifier,
  ...developers,
  ...kiosk,
  ...kioskPhone,
  ...callApproval,
  ...calls,
  ...notifications,
  ...agentConsole,
  ...loyalty,
  ...errors,
  ...mail,
}

export type MessageKey = keyof typeof es

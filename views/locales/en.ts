import { agentConsole } from './en/agent-console.ts'
import { callApproval } from './en/call-approval.ts'
import { calls } from './en/calls.ts'
import { campaigns } from './en/campaigns.ts'
import { consent } from './en/consent.ts'
import { developers } from './en/developers.ts'
import { errors } from './en/errors.ts'
import { kiosk } from './en/kiosk.ts'
import { kioskPhone } from './en/kiosk-phone.ts'
import { loyalty } from './en/loyalty.ts'
import { mail } from './en/mail.ts'
import { notifications } from './en/notifications.ts'
import { page } from './en/page.ts'
import { person } from './en/person.ts'
import { privacyCentre } from './en/privacy-centre.ts'
import { privacyRequests } from './en/privacy-requests.ts'
import { proof } from './en/proof.ts'
import { purposes } from './en/purposes.ts'
import { recording } from './en/recording.ts'
import { signIn } from './en/sign-in.ts'
import { staff } from './en/staff.ts'
import { store } from './en/store.ts'
import { touchpoints } from './en/touchpoints.ts'
import { verifier } from './en/verifier.ts'
import type { MessageKey } from './es.ts'

/** Each part has exactly the keys of its Spanish sister; the compiler sees to it. */
export const en: Record<MessageKey, string> = {
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

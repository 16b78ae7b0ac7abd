/**
 * Privacy centre: the access right answered by screens. A person sees and steers what may be done with their data, what is
 * held and where it came from, who received it, what they decided and with which receipt, and how safe their account is.
 * Every page is about whoever is signed in; no address and no field ever names a person.
 */
import type { Channel } from '../channel.ts'
import { askGuardianRoutes } from './ask-guardian.ts'
import { cardRoutes } from './card.ts'
import { changesRoutes } from './changes.ts'
import { duringRestrictionRoutes } from './during-restriction.ts'
import { editValueRoutes } from './edit-value.ts'
import { historyRoutes } from './history.ts'
import { missingStepsRoutes } from './missing-steps-routes.ts'
import { newRequestRoutes } from './new-request.ts'
import { overviewRoutes } from './overview.ts'
import { permissionsRoutes } from './permissions.ts'
import type { PrivacyCentreDeps } from './privacy-deps.ts'
import { receiptCredentialRoutes } from './receipt-credential.ts'
import { receiptFileRoutes } from './receipt-files.ts'
import { receiptRoutes } from './receipts.ts'
import { recipientsRoutes } from './recipients.ts'
import { requestNotMineRoutes } from './request-not-mine.ts'
import { requestsRoutes } from './requests.ts'
import { residenceRoutes } from './residence.ts'
import { savedRoutes } from './saved.ts'
import { securityRoutes } from './security.ts'
import { callersRoutes } from './security-callers.ts'
import { notificationsRoutes } from './security-notifications.ts'
import { signedInRoutes } from './sign-in.ts'
import { yourDataRoutes } from './your-data.ts'

export type { PrivacyCentreDeps } from './privacy-deps.ts'
export { requestMail } from './request-mail.ts'
export { privacyCentreSignIn } from './sign-in.ts'

export const privacyCentreChannel = (deps: PrivacyCentreDeps): Channel => ({
  id: 'web',
  name: 'privacy-centre',
  routes: [
    ...overviewRoutes(deps),
    ...permissionsRoutes(deps),
    ...duringRestrictionRoutes(deps),
    ...missingStepsRoutes(deps),
    ...askGuardianRoutes(deps),
    ...savedRoutes(deps),
    ...historyRoutes(deps),
    ...changesRoutes(deps),
    ...receiptFileRoutes(deps),
    ...receiptCredentialRoutes(deps),
    ...receiptRoutes(deps),
    ...yourDataRoutes(deps),
    ...editValueRoutes(deps),
    ...residenceRoutes(deps),
    ...recipientsRoutes(deps),
    ...cardRoutes(deps),
    ...newRequestRoutes(deps),
    ...requestsRoutes(deps),
    ...requestNotMineRoutes(deps),
    ...securityRoutes(deps),
    ...notificationsRoutes(deps),
    ...callersRoutes(deps),
    ...signedInRoutes(deps),
  ],
})

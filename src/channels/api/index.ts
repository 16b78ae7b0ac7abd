/**
 * API: what other systems of the house and its recipients ask and report, under `/api/v1`, with tokens of their own. A client
 * asks for the purposes its system is registered for and knows people by its own names for them; every answer is the one
 * decision's, now. It may carry a person's no. A yes is never its to say.
 */
import type { Channel } from '../channel.ts'
import type { ApiDeps } from './api-deps.ts'
import { callRoutes } from './operations/calls.ts'
import { consentRoutes } from './operations/consents.ts'
import { contractRoutes } from './operations/contracts.ts'
import { decisionRoutes } from './operations/decisions.ts'
import { loyaltyCodeRoutes } from './operations/loyalty-codes.ts'
import { noticeRoutes } from './operations/notices.ts'
import { noticesShownRoutes } from './operations/notices-shown.ts'
import { objectionRoutes } from './operations/objections.ts'
import { permissionRoutes } from './operations/permissions.ts'
import { privacyRequestRoutes } from './operations/privacy-requests.ts'
import { purchaseRoutes } from './operations/purchases.ts'
import { purposeRoutes } from './operations/purposes.ts'
import { receiptRoutes } from './operations/receipts.ts'
import { residenceRoutes } from './operations/residences.ts'
import { suppressionRoutes } from './operations/suppressions.ts'
import { tillRoutes } from './operations/tills.ts'

export type { ApiDeps } from './api-deps.ts'
export { apiReferenceChannel } from './reference/pages.ts'

export const apiChannel = (deps: ApiDeps): Channel => ({
  id: 'api',
  name: 'api-v1',
  routes: [
    ...purposeRoutes(deps),
    ...noticeRoutes(deps),
    ...noticesShownRoutes(deps),
    ...consentRoutes(deps),
    ...objectionRoutes(deps),
    ...suppressionRoutes(deps),
    ...privacyRequestRoutes(deps),
    ...purchaseRoutes(deps),
    ...contractRoutes(deps),
    ...residenceRoutes(deps),
    ...permissionRoutes(deps),
    ...decisionRoutes(deps),
    ...receiptRoutes(deps),
    ...tillRoutes(deps),
    ...loyaltyCodeRoutes(deps),
    ...callRoutes(deps),
  ],
})

import type { AnyOperation } from './operation.ts'
import { postCallEvents, postCalls, readCallState } from './operations/calls.ts'
import { postConsents } from './operations/consents.ts'
import { endOfContract, postContracts } from './operations/contracts.ts'
import { askDecisions, explain } from './operations/decisions.ts'
import { askLoyaltyCode } from './operations/loyalty-codes.ts'
import { readNotice, readNoticeVersion } from './operations/notices.ts'
import { postNoticesShown } from './operations/notices-shown.ts'
import { postObjections } from './operations/objections.ts'
import { listPermissions, readPermissions } from './operations/permissions.ts'
import { postPrivacyRequests } from './operations/privacy-requests.ts'
import { postPurchases } from './operations/purchases.ts'
import { listPurposes, readPurpose } from './operations/purposes.ts'
import { readReceipt } from './operations/receipts.ts'
import { postResidences } from './operations/residences.ts'
import { postSuppressions } from './operations/suppressions.ts'
import { postLookUps, postPresentations, postTillCodes, readTillKeys } from './operations/tills.ts'

/** Every operation of the API, in the order of the reference. */
export const operations: readonly AnyOperation[] = [
  listPurposes,
  readPurpose,
  readNotice,
  readNoticeVersion,
  postNoticesShown,
  postConsents,
  postObjections,
  postSuppressions,
  postPrivacyRequests,
  postPurchases,
  postContracts,
  endOfContract,
  postResidences,
  listPermissions,
  readPermissions,
  askDecisions,
  explain,
  readReceipt,
  postLookUps,
  postTillCodes,
  readTillKeys,
  postPresentations,
  askLoyaltyCode,
  postCalls,
  readCallState,
  postCallEvents,
]

import type { RoleAssignment } from '../../features/staff/index.ts'
import type {
  EnrolTx,
  FinishParts,
  HelpCalls,
  ReceiptParts,
  ReceiptStores,
} from '../../features/store-visits/index.ts'
import type { Touchpoints } from '../../features/touchpoints/index.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface StoreDeps<Tx extends EnrolTx & ReceiptStores> {
  readonly renderer: PageRenderer
  readonly touchpoints: Pick<Touchpoints, 'list' | 'find' | 'path' | 'tree'>
  /** What somebody who works here holds at this moment. The use cases ask again, in their own unit. */
  readonly assignments: (staffId: StaffId) => Promise<readonly RoleAssignment[] | undefined>
  readonly enrolments: FinishParts<Tx>
  readonly receipts: ReceiptParts<Tx>
  readonly helpCalls: Pick<HelpCalls, 'open' | 'take' | 'finish'>
  /** Absolute addresses: codes are read by phones. */
  readonly origin: string
}

import type { CallParts } from '../../features/calls/index.ts'
import type { StaffDirectory } from '../../features/staff/index.ts'
import type { Touchpoints } from '../../features/touchpoints/index.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface AgentConsoleDeps {
  readonly renderer: PageRenderer
  readonly calls: CallParts
  readonly directory: StaffDirectory
  readonly touchpoints: Pick<Touchpoints, 'list' | 'find' | 'tree'>
  readonly sealedTokens: SealedTokens
  readonly https: boolean
  /** The cookie by which a member of staff is known, which another surface gives out. */
  readonly staffCookie: string
  /** Where a member of staff confirms that it is still them, to come back to this page. */
  readonly confirmAt: (returnTo: string) => string
}

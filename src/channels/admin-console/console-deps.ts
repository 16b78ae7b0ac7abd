import type {
  RelyingParty,
  StaffChallenges,
  StaffDirectory,
  StaffStores,
} from '../../features/staff/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface AdminConsoleDeps {
  readonly work: Work<StaffStores>
  readonly directory: StaffDirectory
  readonly challenges: StaffChallenges
  readonly party: RelyingParty
  readonly clock: Clock
  readonly entropy: Entropy
  readonly limiter: Limiter
  readonly renderer: PageRenderer
  /** Whether we are reached by https, which decides the cookie's name. */
  readonly https: boolean
}

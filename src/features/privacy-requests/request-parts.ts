import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { IdentityReads } from '../identity/index.ts'
import type { WorkingCalendar } from './deadline.ts'
import type { RequestMessages } from './request-messages.ts'
import type { AcknowledgementTurns, RequestReads, RequestStores } from './request-store.ts'

/** What the room works with. */
export interface RequestParts {
  readonly work: Work<RequestStores>
  readonly requests: RequestReads
  readonly turns: AcknowledgementTurns
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly tokens: SealedTokens
  readonly clock: Clock
  readonly entropy: Entropy
  /** Of where the controller sits. */
  readonly calendar: WorkingCalendar
  readonly timeZone: string
  readonly messages: RequestMessages
  readonly limiter: Pick<Limiter, 'consume'>
  /** Whether there is a gateway for text messages. */
  readonly textMessages: boolean
  /** Runs after the answer has left, so that nobody waits for a mail server. */
  readonly later: (task: () => Promise<void>) => void
}

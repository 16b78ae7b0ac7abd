import type { Pool } from '../pg-pools.ts'
import type { OidcReads } from '../pg-reads.ts'
import type { Fetch, RecordAudit } from '../ports.ts'
import type { CallApprovals } from './call-approval.ts'
import { type CallerChecks, createCallerChecks } from './caller-checks.ts'
import type { CibaDeps } from './ciba-deps.ts'
import { createCallApprovals } from './create-call-approvals.ts'
import { deliverCallPings } from './deliver-call-pings.ts'
import type { HintedPeople } from './hinted-people.ts'
import { type CallParts, startCall } from './start-call.ts'

/** Requests by call, as one process serves them. */
export interface Calls {
  readonly ciba: CibaDeps & { readonly hinted: HintedPeople }
  readonly start: ReturnType<typeof startCall>
  readonly approvals: CallApprovals
  /** Absent where the house has no desk of its own. */
  readonly checks: CallerChecks | undefined
  deliverPings(limit: number): Promise<number>
}

export function openCalls(
  parts: Omit<CallParts, 'hinted'> & {
    readonly pool: Pool
    readonly reads: OidcReads
    readonly fetch: Fetch
    readonly audit: RecordAudit
  },
): Calls {
  const hinted: HintedPeople = new WeakMap()
  return {
    ciba: { ...parts.ciba, hinted },
    start: startCall({ ...parts, hinted }),
    approvals: createCallApprovals(parts),
    checks:
      parts.ciba.desk === undefined ? undefined : createCallerChecks({ ...parts, desk: parts.ciba.desk }),
    deliverPings: (limit) => deliverCallPings({ ...parts, onPing: parts.ciba.onPing }, limit),
  }
}

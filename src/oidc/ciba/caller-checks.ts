import type { Clock } from '../../kernel/clock.ts'
import { invalid, refused, tooMany } from '../../kernel/errors.ts'
import type { StaffId, SubjectId } from '../../kernel/ids.ts'
import type { Statement } from '../../platform/db/pipelined-reader.ts'
import { bearerHash } from '../bearer-hash.ts'
import type { OidcReads, Row } from '../pg-reads.ts'
import { callRecord } from './call-record.ts'
import type { CallState, StoredCall } from './call-store.ts'
import type { CibaDeps } from './ciba-deps.ts'
import { cibaTimes } from './ciba-times.ts'
import { type KeepParts, keepCall, bindingMessage as messageShape, spendCallQuota } from './keep-call.ts'

/** How a check stands. `reported` may come as late as an hour after everything else: "that was not me". */
export type CheckState = 'pending' | 'approved' | 'declined' | 'reported' | 'expired'

/**
 * How the house's own agents ask a customer for proof on their own device. It is a request by call like any other: the same
 * rows, quotas, messages, page and ways out. Only what comes of it differs: no token is ever made, the agent learns that the
 * customer said yes, once.
 */
export interface CallerChecks {
  /**
   * Throws `binding-message`, `agent-may-not-verify` or, beyond the quota, `too-many-checks`. Whether the person could be told
   * is not said: a check that cannot be answered expires.
   */
  ask(request: {
    readonly subjectId: SubjectId
    readonly agentId: StaffId
    readonly touchpointId: string | undefined
    readonly bindingMessage: string
    readonly language: string
  }): Promise<{ readonly ref: string; readonly expiresAt: Date }>
  /** Of the agent who asked; for anybody else, and once it is gone, `expired`. */
  state(ref: string, agentId: StaffId): Promise<CheckState>
  /** Once, on whichever process. Undefined: not approved, used, late, or person or agent may act no more (R55). */
  redeem(ref: string, agentId: StaffId): Promise<{ readonly subjectId: SubjectId } | undefined>
  /**
   * The call is over: what the customer did not answer, and a yes that was not used, is late from now on, and another check may
   * be asked for. Of a check that is over, or of somebody else, nothing happens.
   */
  end(ref: string, agentId: StaffId): Promise<void>
}

export interface CheckParts extends KeepParts {
  readonly ciba: CibaDeps
  readonly desk: string
  readonly reads: OidcReads
  readonly clock: Clock
}

const readCheck: Statement = {
  name: 'oidc_caller_check',
  text: `
    select subject_id, agent_id, touchpoint_id, state, particulars, started_at, request_expires_at
      from oidc_call_requests where auth_req_hash = $1 and client_id = $2 and agent_id = $3`,
}

export function createCallerChecks(parts: CheckParts): CallerChecks {
  const { ciba, desk, clock } = parts

  const find = async (ref: string, agentId: StaffId): Promise<StoredCall | undefined> => {
    const codeHash = bearerHash(ref)
    const row = await parts.reads.row(readCheck, [codeHash, desk, agentId])
    return row && callOf(row, codeHash, desk)
  }

  return {
    async ask({ subjectId, agentId, touchpointId, bindingMessage, language }) {
      if (!messageShape.test(bindingMessage)) {
        throw invalid(
          'binding-message',
          'The words for both screens are 1 to 20 letters of A-Z, a-z, 0-9 and -._+/!?#.',
        )
      }
      if ((await ciba.findAgent(agentId, touchpointId)) === undefined) {
        throw refused('agent-may-not-verify', 'This member of staff may not verify callers here.')
      }
      const wait = await spendCallQuota(parts, { clientId: desk, agentId, touchpointId })
      if (wait > 0) throw tooMany('too-many-checks', 'Too many checks by this agent; wait a little.', wait)
      const ref = Buffer.from(parts.entropy.bytes(32)).toString('base64url')
      const startedAt = clock.now()
      const expiresAt = new Date(startedAt.getTime() + cibaTimes.request * 1000)
      const tell = await keepCall(parts, {
        codeHash: bearerHash(ref),
        clientId: desk,
        subjectId,
        agentId,
        touchpointId,
        startedAt,
        requestExpiresAt: expiresAt,
        language,
        particulars: { bindingMessage, scopes: [] },
      })
      ciba.later(tell)
      return { ref, expiresAt }
    },

    async state(ref, agentId) {
      const call = await find(ref, agentId)
      return call === undefined ? 'expired' : stateOf(call, clock.now())
    },

    async redeem(ref, agentId) {
      const call = await find(ref, agentId)
      if (call === undefined || (await ciba.findAgent(agentId, call.touchpointId)) === undefined)
        return undefined
      return ciba.work(async ({ calls, audit }) => {
        const at = clock.now()
        const redeemed = await calls.redeem(call, at)
        await audit.record(redeemed ? callRecord.redeemed(call, at) : callRecord.notRedeemed(call, at))
        return redeemed ? { subjectId: call.subjectId } : undefined
      })
    },

    async end(ref, agentId) {
      const call = await find(ref, agentId)
      if (call === undefined) return
      await ciba.work(async ({ calls, audit }) => {
        const at = clock.now()
        const ended = await calls.end(call, at)
        await audit.record(ended ? callRecord.ended(call, at) : callRecord.notEnded(call, at))
      })
    },
  }
}

const callOf = (row: Row, codeHash: Uint8Array, clientId: string): StoredCall => {
  const [subjectId, agentId, touchpointId, state, particulars, startedAt, requestExpiresAt] = row
  return {
    codeHash,
    clientId,
    subjectId: subjectId as SubjectId,
    agentId: String(agentId),
    touchpointId: typeof touchpointId === 'string' ? touchpointId : undefined,
    state: state as CallState,
    particulars: particulars as Uint8Array,
    startedAt: startedAt as Date,
    requestExpiresAt: requestExpiresAt as Date,
    grantId: undefined,
  }
}

/** A yes that nobody took in time is worth nothing any more; one that was taken stays one. */
function stateOf({ state, requestExpiresAt }: StoredCall, at: Date): CheckState {
  if (state === 'redeemed') return 'approved'
  if (state === 'pending' || state === 'approved') return requestExpiresAt > at ? state : 'expired'
  return state
}

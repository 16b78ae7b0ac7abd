import { meets } from '../../kernel/actor.ts'
import { needsStepUp } from '../../kernel/errors.ts'
import type { Proofs } from '../../kernel/work.ts'
import { bearerHash } from '../bearer-hash.ts'
import { type EngineApproval, engineApproval } from '../engine-approval.ts'
import { agentReference } from './agent.ts'
import type { CallApprovals, CallRequest, CallVisitor, NoCall } from './call-approval.ts'
import { type CallParticulars, callParticulars } from './call-particulars.ts'
import { pingFor } from './call-ping.ts'
import { callRecord } from './call-record.ts'
import type { CallStores, StoredCall } from './call-store.ts'
import { cibaTimes } from './ciba-times.ts'
import type { CallParts } from './start-call.ts'

type Tx = CallStores & Proofs

/** A request that is this person's, with the engine's own request locked. */
interface Held {
  readonly call: StoredCall
  readonly sealed: Uint8Array | undefined
  readonly particulars: CallParticulars
}

export function createCallApprovals(
  parts: Pick<CallParts, 'ciba' | 'clients' | 'rowSeal' | 'clock' | 'entropy' | 'log'>,
): CallApprovals {
  const { clock, rowSeal } = parts

  /** The one way to a request. Another's, nobody's and one that is gone leave the same entry and get the same answer. */
  const withLink = (
    link: string,
    who: CallVisitor,
    act: (tx: Tx, held: Held, at: Date) => Promise<CallRequest['state'] | undefined>,
  ): Promise<CallRequest | NoCall> =>
    parts.ciba.work(async (tx) => {
      const at = clock.now()
      const found = await tx.calls.lock(bearerHash(link), who.subjectId, at)
      if (found === undefined) {
        await tx.audit.record(callRecord.missed(who, at))
        return 'no-such-request'
      }
      const particulars = callParticulars.open(rowSeal, found.call.codeHash, found.call.particulars)
      const moved = await act(tx, { ...found, particulars }, at)
      if (moved === undefined) await tx.audit.record(callRecord.opened(found.call, who, at))
      return shown(found.call, particulars, moved ?? stateOf(found.call, at))
    })

  const shown = (call: StoredCall, held: CallParticulars, state: CallRequest['state']): CallRequest => ({
    state,
    agentReference: agentReference(call.agentId),
    clientName: String(parts.clients.metadata(call.clientId)?.['client_name'] ?? call.clientId),
    touchpointId: call.touchpointId,
    bindingMessage: held.bindingMessage,
    scopes: held.scopes,
    startedAt: call.startedAt,
    expiresAt: call.requestExpiresAt,
  })

  /** In the same unit as the answer, and sent by others: that a client is slow to hear of it changes nothing (R54). */
  const tell = async (tx: Tx, { call, particulars }: Held, at: Date) => {
    const ping = pingFor(parts, call, particulars, at)
    if (ping !== undefined) await tx.calls.queuePing(ping)
  }

  const inEngine = ({ call, sealed, particulars }: Held, who: CallVisitor): EngineApproval | undefined => {
    const { codeHash, clientId } = call
    const { subjectId, assurance, authenticatedAt } = who
    if (sealed === undefined) return undefined
    return engineApproval(
      parts,
      { codeHash, clientId, sealedCode: sealed, scopes: particulars.scopes },
      { subjectId, assurance, authenticatedAt },
    )
  }

  return {
    open: (link, who) => withLink(link, who, async () => undefined),

    approve: async (link, who) => {
      const age = (clock.now().getTime() - who.authenticatedAt.getTime()) / 1000
      if (age > cibaTimes.freshProof || !meets(who.assurance, 'passkey')) {
        throw needsStepUp('sign-in-too-old', 'Confirm that it is still you.')
      }
      return withLink(link, who, async (tx, held, at) => {
        const { call, particulars } = held
        // A yes to our own desk is the row's word alone: there is no request of the engine, and nothing to be had for it.
        const approval = call.clientId === parts.ciba.desk ? undefined : inEngine(held, who)
        if (approval === undefined && call.clientId !== parts.ciba.desk) return undefined
        if (!(await tx.calls.approve(call.codeHash, approval?.grantId, at))) return undefined
        if (approval !== undefined) await tx.calls.keepApproval(approval)
        await tx.audit.record(callRecord.approved(call, particulars.scopes, who, at))
        await tell(tx, held, at)
        return 'approved'
      })
    },

    decline: (link, who) =>
      withLink(link, who, async (tx, held, at) => {
        if (!(await tx.calls.decline(held.call.codeHash, at))) return undefined
        await tx.audit.record(callRecord.declined(held.call, who, at))
        await tell(tx, held, at)
        return 'declined'
      }),

    report: async (link, who) => {
      let alarmed = false
      const answer = await withLink(link, who, async (tx, held, at) => {
        const { call } = held
        alarmed = await tx.calls.report(call, at)
        if (!alarmed) return undefined
        await tx.calls.revoke(call)
        await tx.audit.record(callRecord.reported(call, who, at))
        await tx.outbox.add(callRecord.alarm(call, parts.entropy, at))
        if (call.state === 'pending') await tell(tx, held, at)
        return 'reported'
      })
      if (alarmed) parts.log.warn('oidc.call-reported', { count: 1 })
      return answer
    },
  }
}

function stateOf({ state, requestExpiresAt }: StoredCall, at: Date): CallRequest['state'] {
  if (state === 'pending') return requestExpiresAt > at ? 'pending' : 'expired'
  return state === 'redeemed' ? 'approved' : state
}

import { meets } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { needsStepUp } from '../../kernel/errors.ts'
import type { DomainEvent } from '../../kernel/event.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Proofs } from '../../kernel/work.ts'
import { bearerHash } from '../bearer-hash.ts'
import type { ClientCache } from '../client-cache.ts'
import { engineApproval } from '../engine-approval.ts'
import type { OidcLog } from '../ports.ts'
import type { RowSeal } from '../row-seal.ts'
import type { DeviceDeps } from './device-deps.ts'
import type { DeviceFlow, DeviceFlows, NoFlow, PhoneVisitor } from './device-flow.ts'
import type { DeviceStores, StoredFlow } from './device-store.ts'
import { deviceTimes } from './device-times.ts'
import { type FlowParticulars, flowParticulars } from './flow-particulars.ts'
import { flowRecord } from './flow-record.ts'
import { guessBudget } from './guess-budget.ts'
import type { TerminalPlace } from './terminals.ts'
import { normalUserCode, shownUserCode } from './user-code.ts'

export interface FlowParts extends Pick<DeviceDeps, 'terminals' | 'limiter' | 'work'> {
  readonly clients: ClientCache
  readonly rowSeal: RowSeal
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: OidcLog
}

/** A flow that is this person's, with its device code locked. */
interface Held {
  readonly flow: StoredFlow
  readonly sealedCode: Uint8Array
  readonly place: TerminalPlace
  readonly particulars: FlowParticulars
}

type Tx = DeviceStores & Proofs

export function createDeviceFlows(parts: FlowParts): DeviceFlows {
  const { clock, entropy } = parts
  const budget = guessBudget(parts)

  /**
   * The one way to a flow. A code that nobody could have is looked for like any other, and each miss leaves the same entry,
   * so that neither the answer nor the time it takes tells why there is none (R40).
   */
  const withCode = async <Result extends string | DeviceFlow>(
    typed: string,
    who: PhoneVisitor,
    find: (tx: Tx, hash: Uint8Array) => Promise<Result | undefined>,
  ): Promise<Result | NoFlow> => {
    if (!(await budget.spend(who))) return 'too-many'
    const hash = bearerHash(normalUserCode(typed) ?? typed)
    let alarms = 0
    const result = await parts.work(async (tx) => {
      alarms = 0
      const outbox = {
        add: async (event: DomainEvent) => {
          alarms += 1
          await tx.outbox.add(event)
        },
      }
      const found = await find({ ...tx, outbox }, hash)
      if (found === undefined) await tx.audit.record(flowRecord.refused(who, clock.now()))
      return found
    })
    if (alarms > 0) parts.log.warn('oidc.device-flow-killed', { count: alarms })
    await (result === undefined ? budget.wasWrong(who) : budget.wasRight(who))
    return result ?? 'no-such-code'
  }

  const kill = async (tx: Tx, flow: StoredFlow, who: PhoneVisitor): Promise<void> => {
    await tx.device.revoke(flow)
    await tx.audit.record(flowRecord.killed(flow, who, clock.now()))
    await tx.outbox.add(flowRecord.alarm(flow, entropy, clock.now()))
  }

  const hold = async (tx: Tx, hash: Uint8Array, who: PhoneVisitor): Promise<Held | undefined> => {
    const locked = await tx.device.lock(hash)
    const flow = await tx.device.claim(hash, who, clock.now())
    if (flow === undefined || locked === undefined) return undefined
    if (flow.state === 'killed') {
      await kill(tx, flow, who)
      return undefined
    }
    const place = parts.terminals.find(flow.touchpointId)
    if (place === undefined) return undefined
    return {
      flow,
      sealedCode: locked.sealed,
      place,
      particulars: flowParticulars.open(parts.rowSeal, flow.codeHash, flow.particulars),
    }
  }

  const shown = (
    { flow, place, particulars }: Held,
    typed: string,
    state: DeviceFlow['state'],
  ): DeviceFlow => ({
    state,
    userCode: shownUserCode(normalUserCode(typed) ?? ''),
    place,
    clientName: String(parts.clients.metadata(flow.clientId)?.['client_name'] ?? flow.clientId),
    scopes: particulars.scopes,
    offered: particulars.offered,
    startedAt: flow.startedAt,
    expiresAt: flow.expiresAt,
  })

  const isFar = ({ place }: Held, { country, assurance }: PhoneVisitor): boolean =>
    country !== undefined &&
    place.country !== undefined &&
    country !== place.country &&
    !meets(assurance, 'passkey')

  const stateOf = ({ flow }: Held): DeviceFlow['state'] => (flow.state === 'claimed' ? 'claimed' : 'approved')

  return {
    open: (typed, who) =>
      withCode<DeviceFlow | 'passkey-needed'>(typed, who, async (tx, hash) => {
        const held = await hold(tx, hash, who)
        if (held === undefined) return undefined
        await tx.audit.record(flowRecord.opened(held.flow, who, clock.now()))
        return isFar(held, who) ? 'passkey-needed' : shown(held, typed, stateOf(held))
      }),

    approve: async (typed, number, who) => {
      const age = (clock.now().getTime() - who.authenticatedAt.getTime()) / 1000
      if (age > deviceTimes.freshProof) throw needsStepUp('sign-in-too-old', 'Confirm that it is still you.')
      return withCode<DeviceFlow | 'passkey-needed' | 'wrong-number'>(typed, who, async (tx, hash) => {
        const held = await hold(tx, hash, who)
        if (held === undefined) return undefined
        const { flow, particulars } = held
        if (isFar(held, who)) {
          await tx.audit.record(flowRecord.opened(flow, who, clock.now()))
          return 'passkey-needed'
        }
        if (stateOf(held) === 'approved') {
          await tx.audit.record(flowRecord.opened(flow, who, clock.now()))
          return shown(held, typed, 'approved')
        }
        if (number !== particulars.shown) {
          if (!(await tx.device.end(flow.codeHash, who.subjectId, 'wrong-number'))) return undefined
          await kill(tx, { ...flow, endedBecause: 'wrong-number' }, who)
          return 'wrong-number'
        }
        const { codeHash, clientId } = flow
        const { sealedCode } = held
        const waiting = { codeHash, clientId, sealedCode, scopes: particulars.scopes }
        const approval = engineApproval(parts, waiting, who)
        if (approval === undefined) return undefined
        if (!(await tx.device.approve(flow.codeHash, who.subjectId, approval.grantId))) return undefined
        await tx.device.keepApproval(approval)
        await tx.audit.record(flowRecord.approved(flow, particulars.scopes, who, clock.now()))
        return shown(held, typed, 'approved')
      })
    },

    decline: (typed, who) =>
      withCode<'declined'>(typed, who, async (tx, hash) => {
        const held = await hold(tx, hash, who)
        if (held === undefined) return undefined
        if (!(await tx.device.end(held.flow.codeHash, who.subjectId, 'declined'))) {
          // Said yes before, and no now: what came of the yes ends.
          const flow = await tx.device.report(hash, who.subjectId)
          if (flow === undefined) return undefined
          await kill(tx, flow, who)
          return 'declined'
        }
        await tx.audit.record(flowRecord.declined(held.flow, who, clock.now()))
        return 'declined'
      }),

    report: (typed, who) =>
      withCode<'reported'>(typed, who, async (tx, hash) => {
        await tx.device.lock(hash)
        const flow = await tx.device.report(hash, who.subjectId)
        if (flow === undefined) return undefined
        await kill(tx, flow, who)
        return 'reported'
      }),
  }
}

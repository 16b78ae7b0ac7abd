import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Proofs, Work } from '../../kernel/work.ts'
import { type HelpCall, type HelpCallId, type HelpState, helpStateOf } from './help-call.ts'
import type { HelpCallReads, HelpCallStore, HelpStores, HelpTaker } from './help-call-store.ts'
import { helpEvent } from './help-events.ts'

export interface HelpScreen {
  readonly terminalId: string
  readonly storeId: string
  readonly clientId: string
  readonly evidence: Evidence
}

/** A person of the shop, called from a screen. For the screen: raise, withdraw, state. For the staff of its store: open, take, finish. */
export interface HelpCalls {
  /** Once while it is open: touched again, it is the same call. */
  raise(screen: HelpScreen): Promise<HelpState>
  withdraw(screen: HelpScreen): Promise<void>
  state(terminalId: string): Promise<HelpState>
  /** The visit at this screen is over: whoever comes next must not read what was said to whoever left. */
  visitOver(terminalId: string): Promise<void>
  open(storeIds: readonly string[]): Promise<readonly HelpCall[]>
  /** False when another took it, or nobody waits any more, or it is of a store where they do not work. */
  take(callId: HelpCallId, by: HelpTaker): Promise<boolean>
  /** False when nobody had taken it, it is over already, or it is of a store where they do not work. */
  finish(callId: HelpCallId, by: HelpTaker): Promise<boolean>
}

export function helpCalls(parts: {
  readonly work: Work<HelpStores>
  readonly reads: HelpCallReads
  readonly clock: Clock
  readonly entropy: Entropy
}): HelpCalls {
  const { work, reads, clock, entropy } = parts

  const prove = async (
    { audit, outbox }: Proofs,
    done: 'raised' | 'taken' | 'withdrawn' | 'done' | 'lapsed',
    call: HelpCall,
    actor: Actor,
    evidence?: Evidence,
  ) => {
    const at = clock.now()
    await audit.record({
      action: `store-visits.help-${done}`,
      actor,
      at,
      about: `touchpoint:${call.terminalId}`,
      ...(evidence === undefined ? {} : { evidence: { ...evidence, touchpoint: call.terminalId } }),
      facts: { callId: call.id },
    })
    await outbox.add(helpEvent(entropy, `help-call.${done}`, at, call))
  }
  const nothing = ({ audit }: Proofs, actor: Actor, about: string) =>
    audit.record({ action: 'store-visits.help-unchanged', actor, at: clock.now(), about })

  const answered = (
    done: 'taken' | 'done',
    callId: HelpCallId,
    { staffId }: HelpTaker,
    act: (store: HelpCallStore) => Promise<HelpCall | undefined>,
  ) =>
    work(async ({ helpCalls: store, ...tx }) => {
      const actor: Actor = { kind: 'staff', staffId, roles: [], assurance: 'passkey' }
      const call = await act(store)
      await (call === undefined ? nothing(tx, actor, `help-call:${callId}`) : prove(tx, done, call, actor))
      return call !== undefined
    })

  return {
    async raise({ terminalId, storeId, clientId, evidence }) {
      const call = { id: entropy.id<'help-call'>(), storeId, terminalId, raisedAt: clock.now() }
      const actor: Actor = { kind: 'client', clientId }
      await work(async ({ helpCalls: store, ...tx }) =>
        (await store.raise(call))
          ? prove(tx, 'raised', call, actor, evidence)
          : nothing(tx, actor, `touchpoint:${terminalId}`),
      )
      return helpStateOf(await reads.ofTerminal(terminalId, clock.now()))
    },
    async withdraw({ terminalId, clientId, evidence }) {
      const actor: Actor = { kind: 'client', clientId }
      await work(async ({ helpCalls: store, ...tx }) => {
        const call = await store.end(terminalId, 'withdrawn', clock.now())
        await (call === undefined
          ? nothing(tx, actor, `touchpoint:${terminalId}`)
          : prove(tx, 'withdrawn', call, actor, evidence))
      })
    },
    state: async (terminalId) => helpStateOf(await reads.ofTerminal(terminalId, clock.now())),
    async visitOver(terminalId) {
      // Mostly nobody called, and then there is nothing to write.
      if ((await reads.ofTerminal(terminalId, clock.now())) === undefined) return
      const actor: Actor = { kind: 'system', name: 'visits' }
      await work(async ({ helpCalls: store, ...tx }) => {
        const call = await store.end(terminalId, 'visit-over', clock.now())
        await (call === undefined
          ? nothing(tx, actor, `touchpoint:${terminalId}`)
          : prove(tx, 'lapsed', call, actor))
      })
    },
    open: (storeIds) => reads.ofStores(storeIds, clock.now()),
    take: (callId, by) => answered('taken', callId, by, (store) => store.take(callId, by, clock.now())),
    finish: (callId, by) => answered('done', callId, by, (store) => store.finish(callId, by, clock.now())),
  }
}

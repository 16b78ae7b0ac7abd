import { z } from 'zod'
import { type HelpWanted, StoreHomeView } from '../../../views/store/home.tsx'
import type { EnrolTx, HelpCallId, ReceiptStores } from '../../features/store-visits/index.ts'
import { placeName } from '../../features/touchpoints/index.ts'
import { parseId } from '../../kernel/ids.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { ownStores, staffOf } from './own-stores.ts'
import { enrolPath, helpPath, receiptPath, storePath } from './paths.ts'
import type { StoreDeps } from './store-deps.ts'

const told = {
  taken: { kind: 'success', key: 'flash.help-taken' },
  done: { kind: 'success', key: 'flash.help-done' },
  gone: { kind: 'info', key: 'flash.help-gone' },
} as const

const doneShape = z.enum(['taken', 'done', 'gone']).optional().catch(undefined)
const caller = { who: 'staff', power: 'customer.assist' } as const

/** Where a shop's staff begins: who waits at a kiosk, and what can be done for whoever stands here. */
export const homeRoutes = <Tx extends EnrolTx & ReceiptStores>(deps: StoreDeps<Tx>): readonly Route[] => {
  const show = async (request: GuardedRequest, extras: PageExtras = {}): Promise<Answer> => {
    const stores = await ownStores(deps, request.actor, 'customer.assist')
    const enrolling = await ownStores(deps, request.actor, 'customer.enrol')
    const help = (await deps.helpCalls.open(stores.map(({ id }) => id))).map(
      ({ id, terminalId, raisedAt, takenAt }): HelpWanted => ({
        id,
        place: placeName(deps.touchpoints, terminalId) ?? terminalId,
        since: raisedAt,
        taken: takenAt !== undefined,
      }),
    )
    return deps.renderer.show(
      request,
      StoreHomeView,
      {
        stores: stores.map(({ name }) => name),
        enrolHref: enrolling.length > 0 ? enrolPath : undefined,
        receiptHref: receiptPath,
        helpHref: helpPath,
        help,
      },
      extras,
    )
  }
  return [
    defineRoute({
      name: 'store.home',
      method: 'GET',
      path: storePath,
      caller,
      query: z.object({ done: doneShape }),
      answers: [200],
      handle: (request) => {
        const { done } = request.query
        return show(request, done === undefined ? {} : { notice: told[done] })
      },
    }),
    defineRoute({
      // The page as it looks again by itself, so that a call is seen by somebody who does nothing; that keeps no session awake.
      name: 'store.help.look',
      method: 'GET',
      path: helpPath,
      caller: { ...caller, unattended: true },
      answers: [200],
      handle: (request) => show(request),
    }),
    defineRoute({
      name: 'store.help',
      method: 'POST',
      path: helpPath,
      caller,
      body: {
        type: 'form',
        schema: z.strictObject({ call: z.string().max(64).default(''), say: z.string().max(20).default('') }),
      },
      answers: [303],
      handle: async (request) => {
        const { body, actor } = request
        const { staffId } = staffOf(actor)
        const storeIds = (await ownStores(deps, actor, 'customer.assist')).map(({ id }) => id)
        const callId: HelpCallId | undefined = parseId<'help-call'>(body.call)
        const finishes = body.say === 'done'
        const act = finishes ? deps.helpCalls.finish : deps.helpCalls.take
        // A call of another store is answered like one that is over.
        const mine = callId !== undefined && (await act(callId, { staffId, storeIds }))
        return seeOther(`${storePath}?done=${mine ? (finishes ? 'done' : 'taken') : 'gone'}`)
      },
    }),
  ]
}

import { StoresView } from '../../../views/staff/stores.tsx'
import {
  fewestJudged,
  type RateFigureStore,
  rateDays,
  smallestShown,
} from '../../features/store-visits/index.ts'
import type { Touchpoints } from '../../features/touchpoints/index.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Channel } from '../channel.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface StoreRatesDeps {
  readonly renderer: PageRenderer
  /** What was counted last: a page that counted by itself would walk four weeks of the ledger. */
  readonly figures: Pick<RateFigureStore, 'kept'>
  readonly touchpoints: Pick<Touchpoints, 'find'>
}

/** The officer's page about how people answer in the stores. It says what was counted, and names nobody. */
export const storeRatesConsole = ({ renderer, figures, touchpoints }: StoreRatesDeps): Channel => ({
  id: 'web',
  name: 'dpo-console',
  routes: [
    defineRoute({
      name: 'dpo.stores',
      method: 'GET',
      path: '/dpo/stores',
      caller: { who: 'staff', power: 'evidence.read' },
      answers: [200],
      handle: async (request) => {
        const kept = await figures.kept()
        const named = (kept?.rates ?? []).map((one) => ({
          ...one,
          id: one.touchpointId,
          name: touchpoints.find(one.touchpointId)?.name ?? one.touchpointId,
        }))
        return renderer.show(request, StoresView, {
          days: rateDays,
          until: kept?.until,
          smallestShown,
          fewestJudged,
          // What needs a question stands first, then in the order of names.
          stores: named.sort(
            (a, b) =>
              Number(b.shown && b.finding !== undefined) - Number(a.shown && a.finding !== undefined) ||
              a.name.localeCompare(b.name),
          ),
        })
      },
    }),
  ],
})

import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { PeopleCounts } from '../consent/index.ts'
import type { Touchpoints } from '../touchpoints/index.ts'
import { storeEvent } from './enrol-events.ts'
import type { RateFigureStore, RateFigures } from './opt-in-figures.ts'
import { type RateFinding, storeRates } from './opt-in-rates.ts'
import { storeOf } from './till.ts'

/** The last four weeks: enough to judge a small store, and few enough that a change shows. */
export const rateDays = 28

export interface RateParts {
  readonly counts: PeopleCounts
  readonly figures: RateFigureStore
  readonly touchpoints: Pick<Touchpoints, 'list' | 'path'>
  readonly clock: Clock
}

/** Port. Promises: of any number of processes one raises the alarm of a store and week. */
export interface RateAlarmStores {
  readonly rateAlarms: {
    raise(alarm: {
      readonly touchpointId: string
      readonly week: string
      readonly finding: RateFinding
      readonly at: Date
    }): Promise<boolean>
  }
}

/**
 * People who answered to what a store's staff began, store by store; those that nobody answered in are left out. Only the
 * channel of the staff app is counted, because that is what a finding speaks of, and because nothing else compares with it: on a
 * kiosk, what is left alone is no answer, so that a store with kiosks would seem to say yes more often. What a client told over that
 * channel, such as forms on paper, is counted as well: a store with many of them can stand out by them, and the officer's page names them.
 */
async function countRates({ counts, touchpoints, clock }: RateParts): Promise<RateFigures> {
  const until = clock.now()
  const from = new Date(until.getTime() - rateDays * 86_400_000)
  const places = new Map(
    touchpoints.list().flatMap(({ id }) => {
      const store = storeOf(touchpoints, id)
      return store === undefined ? [] : [[id, store.id] as const]
    }),
  )
  const counted = await counts.people({ from, until, channel: 'store', places })
  const rates = storeRates(counted.map(({ place, people, yes }) => ({ touchpointId: place, people, yes })))
  return { from, until, rates }
}

/** ISO 8601, such as `2026-W47`. */
export function isoWeek(at: Date): string {
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('UTC')
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`
}

class RaisedBefore extends Error {}

/**
 * Counts, keeps what may be shown of it for the officer's page, and raises an alarm for each store whose rate is implausible, once
 * a week. Answers with how many it raised.
 */
export async function watchOptInRates(
  parts: RateParts & { readonly work: Work<RateAlarmStores>; readonly entropy: Entropy },
): Promise<number> {
  const figures = await countRates(parts)
  await parts.figures.keep(figures)
  const { until: at, rates } = figures
  const week = isoWeek(at)
  let raised = 0
  for (const one of rates) {
    if (!one.shown || one.finding === undefined) continue
    const { touchpointId, finding, people, yes } = one
    try {
      await parts.work(async ({ rateAlarms, audit, outbox }) => {
        if (!(await rateAlarms.raise({ touchpointId, week, finding, at }))) throw new RaisedBefore()
        await audit.record({
          action: 'store.opt-in-rate-implausible',
          actor: { kind: 'system', name: 'opt-in-rates' },
          at,
          about: `touchpoint:${touchpointId}`,
          facts: { week, finding, people, yes },
        })
        await outbox.add(
          storeEvent(parts.entropy, 'store.opt-in-rate-implausible', at, {
            touchpointId,
            week,
            finding,
            people,
            yes,
          }),
        )
      })
      raised += 1
    } catch (error) {
      if (!(error instanceof RaisedBefore)) throw error
    }
  }
  return raised
}

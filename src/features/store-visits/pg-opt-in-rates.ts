import type { Knex } from 'knex'
import type { RateFigureStore } from './opt-in-figures.ts'
import type { StoreRate } from './opt-in-rates.ts'
import type { RateAlarmStores } from './opt-in-rates-watch.ts'

interface FiguresRow {
  readonly counted_from: Date
  readonly counted_until: Date
  readonly rates: readonly StoreRate[]
}

export const pgRateFigures = (db: Knex): RateFigureStore => ({
  kept: async () => {
    const row: FiguresRow | undefined = await db('store_rate_figures').first('*')
    return row && { from: row.counted_from, until: row.counted_until, rates: row.rates }
  },
  keep: async ({ from, until, rates }) => {
    await db('store_rate_figures')
      .insert({ house: true, counted_from: from, counted_until: until, rates: JSON.stringify(rates) })
      .onConflict('house')
      .merge()
  },
})

export const pgRateAlarmStores = (trx: Knex.Transaction): RateAlarmStores => ({
  rateAlarms: {
    raise: async ({ touchpointId, week, finding, at }) => {
      const raised = await trx('store_rate_alarms')
        .insert({ touchpoint_id: touchpointId, week, finding, raised_at: at })
        .onConflict(['touchpoint_id', 'week'])
        .ignore()
        .returning('week')
      return raised.length === 1
    },
  },
})

import type { Knex } from 'knex'
import type { StaffId } from '../../kernel/ids.ts'
import { type HelpCall, type HelpCallId, helpCallMinutes } from './help-call.ts'
import type { HelpCallReads, HelpStores } from './help-call-store.ts'

interface Row {
  readonly call_id: HelpCallId
  readonly store_id: string
  readonly terminal_id: string
  readonly raised_at: Date
  readonly taken_at: Date | null
  readonly taken_by: StaffId | null
}

const read = (row: Row): HelpCall => ({
  id: row.call_id,
  storeId: row.store_id,
  terminalId: row.terminal_id,
  raisedAt: row.raised_at,
  ...(row.taken_at === null ? {} : { takenAt: row.taken_at }),
  ...(row.taken_by === null ? {} : { takenBy: row.taken_by }),
})

/** The moment before which a call is nobody's any more. */
const overdueAt = (now: Date) => new Date(now.getTime() - helpCallMinutes * 60_000)

export const pgHelpCallReads = (db: Knex): HelpCallReads => {
  const open = (column: string, values: readonly string[], now: Date) =>
    db<Row>('help_calls')
      .whereRaw('?? = any(?::text[])', [column, [...values]])
      .whereNull('ended_at')
      .andWhere('raised_at', '>', overdueAt(now))
      .orderBy('raised_at')
      .limit(200)
  return {
    ofTerminal: async (terminalId, now) => (await open('terminal_id', [terminalId], now)).map(read)[0],
    ofStores: async (storeIds, now) => (await open('store_id', storeIds, now)).map(read),
  }
}

export const pgHelpStores = (trx: Knex.Transaction): HelpStores => {
  const one = async (sql: string, values: Readonly<Record<string, Knex.RawBinding>>) => {
    const { rows } = await trx.raw<{ rows: Row[] }>(sql, values)
    return rows[0] && read(rows[0])
  }
  return {
    helpCalls: {
      raise: async ({ id, storeId, terminalId, raisedAt }) => {
        await trx('help_calls')
          .where({ terminal_id: terminalId })
          .whereNull('ended_at')
          .andWhere('raised_at', '<=', overdueAt(raisedAt))
          .update({ ended_at: raisedAt, ended_because: 'overdue' })
        const made = await trx('help_calls')
          .insert({ call_id: id, store_id: storeId, terminal_id: terminalId, raised_at: raisedAt })
          .onConflict(trx.raw('(terminal_id) where ended_at is null'))
          .ignore()
          .returning('call_id')
        return made.length === 1
      },
      take: (callId, { staffId, storeIds }, at) =>
        one(
          `update help_calls set taken_at = :at, taken_by = :staffId
            where call_id = :callId and store_id = any(:storeIds::text[])
              and taken_at is null and ended_at is null and raised_at > :overdue returning *`,
          { callId, staffId, storeIds: [...storeIds], at, overdue: overdueAt(at) },
        ),
      finish: (callId, { storeIds }, at) =>
        one(
          `update help_calls set ended_at = :at, ended_because = 'done'
            where call_id = :callId and store_id = any(:storeIds::text[])
              and taken_at is not null and ended_at is null returning *`,
          { callId, storeIds: [...storeIds], at },
        ),
      end: (terminalId, because, at) =>
        one(
          `update help_calls set ended_at = :at, ended_because = :because
            where terminal_id = :terminalId and ended_at is null returning *`,
          { terminalId, because, at },
        ),
    },
  }
}

/** Calls of long ago: how often a store is asked for help is read off the last month. */
export const sweepHelpCalls = (db: Knex): Promise<number> =>
  db('help_calls').where('raised_at', '<', db.raw("now() - interval '30 days'")).delete()

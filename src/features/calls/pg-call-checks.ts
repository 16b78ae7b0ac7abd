import type { Knex } from 'knex'
import type { IdentifierId } from '../../kernel/ids.ts'
import type { CallId } from './call.ts'
import type { CallCheck, CallStore, CheckId } from './call-store.ts'

interface Row {
  check_id: CheckId
  call_id: CallId
  kind: CallCheck['kind']
  contact_point: IdentifierId | null
  ref: string | null
  wrong: number
  started_at: Date
}

/** One check at a time: the partial index refuses a second open one, whoever begins it. */
export const pgCallChecks = (
  db: Knex,
): Pick<
  CallStore,
  'openCheck' | 'beginCheck' | 'leaveCheck' | 'spendSecondCall' | 'wrongAnswer' | 'endCheck'
> => ({
  openCheck: async (callId) => {
    const row = await db<Row & { state: string }>('call_checks')
      .first('check_id', 'call_id', 'kind', 'contact_point', 'ref', 'wrong', 'started_at')
      .where({ call_id: callId, state: 'open' })
    return (
      row && {
        id: row.check_id,
        callId: row.call_id,
        kind: row.kind,
        contactPoint: row.contact_point ?? undefined,
        ref: row.ref ?? undefined,
        wrong: row.wrong,
        startedAt: row.started_at,
      }
    )
  },
  beginCheck: async (check) => {
    await db('call_checks').insert({
      call_id: check.callId,
      check_id: check.id,
      kind: check.kind,
      contact_point: check.contactPoint ?? null,
      ref: check.ref ?? null,
      state: 'open',
      started_at: check.startedAt,
    })
  },
  leaveCheck: async (callId, at) => {
    const { rows } = await db.raw<{ rows: { wrong: number }[] }>(
      `update call_checks set state = case when wrong > 0 then 'failed' else 'over' end, ended_at = :at
        where call_id = :call and state = 'open' returning wrong`,
      { call: callId, at },
    )
    return (rows[0]?.wrong ?? 0) > 0
  },
  spendSecondCall: async (callId, checkId, secondCall) => {
    // Of two that come at once the one waits for the other here, and then finds it spent.
    await db('calls').select('call_id').where({ call_id: secondCall }).forUpdate()
    const { rowCount } = await db.raw<{ rowCount: number }>(
      `update call_checks set ref = :second
        where call_id = :call and check_id = :check and kind = 'call-back'
          and not exists (select 1 from call_checks where kind = 'call-back' and ref = :second)`,
      { call: callId, check: checkId, second: secondCall },
    )
    return rowCount === 1
  },
  wrongAnswer: async (callId, checkId) => {
    const { rows } = await db.raw<{ rows: { wrong: number }[] }>(
      `update call_checks set wrong = wrong + 1
        where call_id = :call and check_id = :check and state = 'open' returning wrong`,
      { call: callId, check: checkId },
    )
    return rows[0]?.wrong
  },
  endCheck: async (callId, checkId, state, at) => {
    const ended = await db('call_checks')
      .where({ call_id: callId, check_id: checkId, state: 'open' })
      .update({ state, ended_at: at })
    return ended === 1
  },
})

import type { Knex } from 'knex'
import type { StaffId, SubjectId } from '../../kernel/ids.ts'
import type { CallId } from './call.ts'
import type { CallAct, CallActId } from './call-act.ts'
import type { CallStore } from './call-store.ts'

interface Row {
  subject_id: SubjectId
  act_id: CallActId
  call_id: CallId
  reference: string
  agent_id: StaffId
  touchpoint_id: string
  language: CallAct['language']
  answers: CallAct['answers']
  particulars: CallAct['particulars']
  told_events: readonly string[]
  recorded_at: Date
  sent_at: Date | null
  sent_message: string | null
  confirmed_at: Date | null
  own_answers: CallAct['ownAnswers'] | null
  own_events: readonly string[] | null
  disowned_at: Date | null
  expires_at: Date
}

const read = (row: Row): CallAct => ({
  id: row.act_id,
  subjectId: row.subject_id,
  callId: row.call_id,
  reference: row.reference,
  agentId: row.agent_id,
  touchpoint: row.touchpoint_id,
  language: row.language,
  answers: row.answers,
  particulars: row.particulars,
  toldEvents: row.told_events,
  recordedAt: row.recorded_at,
  ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
  ...(row.sent_message === null ? {} : { sentMessage: row.sent_message }),
  ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }),
  ...(row.own_answers == null ? {} : { ownAnswers: row.own_answers }),
  ...(row.own_events === null ? {} : { ownEvents: row.own_events }),
  ...(row.disowned_at === null ? {} : { disownedAt: row.disowned_at }),
  expiresAt: row.expires_at,
})

type Acts = Pick<
  CallStore,
  | 'act'
  | 'actByCommand'
  | 'actsOf'
  | 'addAct'
  | 'markSent'
  | 'confirmAct'
  | 'giveBackAct'
  | 'settleAct'
  | 'disownAct'
>

/** Confirming and disowning exclude each other in the statement itself: whoever comes second finds the row settled. */
export const pgCallActs = (db: Knex): Acts => {
  const first = async (where: object): Promise<CallAct | undefined> => {
    const row: Row | undefined = await db('call_acts').first().where(where)
    return row && read(row)
  }
  return {
    act: (subjectId, actId) => first({ subject_id: subjectId, act_id: actId }),
    actByCommand: (subjectId, commandKey) =>
      first({ subject_id: subjectId, command_key: Buffer.from(commandKey) }),
    actsOf: async (subjectId, callId) => {
      const rows: Row[] = await db('call_acts')
        .where({ subject_id: subjectId, ...(callId === undefined ? {} : { call_id: callId }) })
        .orderBy(['recorded_at', 'act_id'])
      return rows.map(read)
    },
    addAct: async (act) => {
      const kept = await db('call_acts')
        .insert({
          subject_id: act.subjectId,
          act_id: act.id,
          call_id: act.callId,
          reference: act.reference,
          agent_id: act.agentId,
          touchpoint_id: act.touchpoint,
          language: act.language,
          answers: JSON.stringify(act.answers),
          particulars: JSON.stringify(act.particulars),
          told_events: JSON.stringify(act.toldEvents),
          command_key: Buffer.from(act.commandKey),
          recorded_at: act.recordedAt,
          expires_at: act.expiresAt,
        })
        .onConflict()
        .ignore()
        .returning('act_id')
      return kept.length === 1
    },
    markSent: async (subjectId, actId, { at, message }) => {
      await db('call_acts')
        .where({ subject_id: subjectId, act_id: actId })
        .update({ sent_at: at, sent_message: message })
    },
    confirmAct: async (subjectId, actId, { answers, at, staleBefore }) => {
      const claimed = await db('call_acts')
        .where({ subject_id: subjectId, act_id: actId })
        .whereNull('own_events')
        .whereNull('disowned_at')
        .where('expires_at', '>', at)
        .where((free) => free.whereNull('own_answers').orWhere('confirmed_at', '<', staleBefore))
        .update({ confirmed_at: at, own_answers: JSON.stringify(answers) })
      return claimed === 1
    },
    giveBackAct: async (subjectId, actId, begunAt) => {
      await db('call_acts')
        .where({ subject_id: subjectId, act_id: actId, confirmed_at: begunAt })
        .whereNull('own_events')
        .update({ own_answers: null })
    },
    settleAct: async (subjectId, actId, events) => {
      const settled = await db('call_acts')
        .where({ subject_id: subjectId, act_id: actId })
        .whereNull('own_events')
        .update({ own_events: JSON.stringify(events) })
      return settled === 1
    },
    disownAct: async (subjectId, actId, at) => {
      const settled = await db('call_acts')
        .where({ subject_id: subjectId, act_id: actId })
        .whereNull('disowned_at')
        .where('expires_at', '>', at)
        .update({ disowned_at: at })
      return settled === 1
    },
  }
}

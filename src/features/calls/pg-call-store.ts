import type { Knex } from 'knex'
import type { StaffId, SubjectId } from '../../kernel/ids.ts'
import { type Call, type CallAssurance, type CallId, type CallReason, callAssurances } from './call.ts'
import type { CallReads, CallStore, CallsStores, Candidate } from './call-store.ts'
import { pgCallActs } from './pg-call-acts.ts'
import { pgCallAgents } from './pg-call-agents.ts'
import { pgCallChecks } from './pg-call-checks.ts'
import { maxFailedChecks } from './verification-rules.ts'

interface Row {
  call_id: CallId
  reference: string
  external_call: string | null
  client_id: string | null
  outgoing: boolean
  agent_id: StaffId
  touchpoint_id: string
  language: Call['language']
  state: Call['state']
  match: Call['match']
  subject_id: SubjectId | null
  reason_code: CallReason | null
  reason_words: string | null
  assurance: CallAssurance
  verified_at: Date | null
  failed_checks: number
  messages: Call['messages']
  summary: Call['summary'] | null
  opened_at: Date
  dropped_at: Date | null
  ended_at: Date | null
}

const columns = [
  'call_id',
  'reference',
  'external_call',
  'client_id',
  'outgoing',
  'agent_id',
  'touchpoint_id',
  'language',
  'state',
  'match',
  'subject_id',
  'reason_code',
  'reason_words',
  'assurance',
  'verified_at',
  'failed_checks',
  'messages',
  'summary',
  'opened_at',
  'dropped_at',
  'ended_at',
]
const listed = columns.join(', ')

/** Every one of them costs a decision each time a page of the call is shown, and who was found long ago is not calling. */
const shownCandidates = 10

/** How long a call is kept: as long as a complaint about it usually takes to come. */
const keptDays = 90

const read = (row: Row | undefined): Call | undefined =>
  row && {
    id: row.call_id,
    reference: row.reference,
    ...(row.external_call === null ? {} : { externalCall: row.external_call }),
    ...(row.client_id === null ? {} : { clientId: row.client_id }),
    outgoing: row.outgoing,
    agentId: row.agent_id,
    touchpoint: row.touchpoint_id,
    language: row.language,
    state: row.state,
    match: row.match,
    ...(row.subject_id === null ? {} : { subjectId: row.subject_id }),
    ...(row.reason_code === null
      ? {}
      : {
          reason: {
            code: row.reason_code,
            ...(row.reason_words === null ? {} : { words: row.reason_words }),
          },
        }),
    assurance: row.assurance,
    ...(row.verified_at === null ? {} : { verifiedAt: row.verified_at }),
    failedChecks: row.failed_checks,
    messages: row.messages,
    ...(row.summary == null ? {} : { summary: row.summary }),
    openedAt: row.opened_at,
    ...(row.dropped_at === null ? {} : { droppedAt: row.dropped_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  }

/** The rank of an assurance, in SQL: its place in the ladder. */
const rank = (term: string): string =>
  `array_position(cast(array[${callAssurances.map((one) => `'${one}'`).join(', ')}] as text[]), ${term})`

const verifySql = `
  update calls set assurance = :assurance, verified_at = :at
   where call_id = :call and agent_id = :agent and subject_id = :subject and state = 'open'
     and failed_checks < ${maxFailedChecks} and ${rank('assurance')} < ${rank('cast(:assurance as text)')}
  returning ${listed}`

/** On any connection; the writing half is only ever handed out on a unit's transaction. */
const pgCallStore = (db: Knex): CallStore => {
  const moved = async (sql: string, bindings: Readonly<Record<string, Knex.RawBinding>>) => {
    const { rows } = await db.raw<{ rows: Row[] }>(sql, bindings)
    return read(rows[0])
  }
  const first = async (where: object) => {
    const row: Row | undefined = await db('calls').first(columns).where(where)
    return read(row)
  }
  return {
    ...pgCallChecks(db),
    ...pgCallActs(db),
    ...pgCallAgents(db),
    find: (callId) => first({ call_id: callId }),
    findExternal: (agentId, externalCall) => first({ agent_id: agentId, external_call: externalCall }),
    live: async (since, agentId) => {
      const rows: Row[] = await db('calls')
        .select(columns)
        .whereNot({ state: 'ended' })
        .where('opened_at', '>', since)
        .modify((query) => {
          if (agentId !== undefined) query.where({ agent_id: agentId })
        })
        .orderBy('opened_at', 'desc')
        .limit(500)
      return rows.map(read).filter((call) => call !== undefined)
    },
    callsAbout: async (subjectId) => {
      const rows: Row[] = await db('calls')
        .select(columns)
        .where({ subject_id: subjectId })
        .orderBy('opened_at')
      return rows.map(read).filter((call) => call !== undefined)
    },
    callerIndex: async (callId) => {
      const row = await db('calls').first('caller_index').where({ call_id: callId })
      return row?.caller_index ?? undefined
    },
    candidates: async (callId) => {
      const latest = await db('call_candidates')
        .where({ call_id: callId })
        .orderBy([
          { column: 'found_at', order: 'desc' },
          { column: 'candidate_key', order: 'desc' },
        ])
        .limit(shownCandidates)
        .select<Candidate[]>('candidate_key as key', 'subject_id as subjectId', 'found_by as foundBy')
      return latest.reverse()
    },
    insert: async (call) => {
      const { rowCount } = await db.raw<{ rowCount: number }>(
        `insert into calls (call_id, reference, external_call, client_id, outgoing, agent_id, touchpoint_id, language, state, match,
           caller_index, assurance, opened_at, expires_at)
         values (:id, :reference, :external, :client, :outgoing, :agent, :touchpoint, :language, 'open', :match, :index, 'none', :at,
           cast(:at as timestamptz) + interval '${keptDays} days')
         on conflict do nothing`,
        {
          id: call.id,
          reference: call.reference,
          external: call.externalCall ?? null,
          client: call.clientId ?? null,
          outgoing: call.outgoing,
          agent: call.agentId,
          touchpoint: call.touchpoint,
          language: call.language,
          match: call.match,
          index: call.callerIndex === undefined ? null : Buffer.from(call.callerIndex),
          at: call.openedAt,
        },
      )
      return rowCount === 1
    },
    adopt: (callId, { clientId, outgoing, match, callerIndex }) =>
      moved(
        `update calls set client_id = :client, outgoing = :outgoing, match = :match, caller_index = :index,
           assurance = case when assurance = 'number-match' and caller_index is distinct from :index
             then 'none' else assurance end
         where call_id = :call and client_id is null returning ${listed}`,
        {
          call: callId,
          client: clientId,
          outgoing,
          match,
          index: callerIndex === undefined ? null : Buffer.from(callerIndex),
        },
      ),
    addCandidates: async (callId, candidates, at) => {
      if (candidates.length === 0) return
      await db('call_candidates')
        .insert(
          candidates.map(({ key, subjectId, foundBy }) => ({
            call_id: callId,
            candidate_key: key,
            subject_id: subjectId,
            found_by: foundBy,
            found_at: at,
          })),
        )
        // Found again, they keep their name in this call and are among the latest.
        .onConflict(['call_id', 'subject_id'])
        .merge(['found_at'])
    },
    choose: (callId, agentId, { subjectId, reason, assurance }) =>
      moved(
        `update calls set subject_id = :subject, reason_code = :code, reason_words = :words,
           assurance = case when subject_id = :subject then assurance else :assurance end,
           verified_at = case when subject_id = :subject then verified_at end
         where call_id = :call and agent_id = :agent and state = 'open' returning ${listed}`,
        {
          call: callId,
          agent: agentId,
          subject: subjectId,
          code: reason.code,
          words: reason.words ?? null,
          assurance,
        },
      ),
    failChecks: (callId, failures) =>
      moved(
        `update calls set failed_checks = failed_checks + :failures where call_id = :call returning ${listed}`,
        { call: callId, failures },
      ),
    verify: (callId, agentId, subjectId, assurance, at) =>
      moved(verifySql, { call: callId, agent: agentId, subject: subjectId, assurance, at }),
    noteMessage: async (callId, message) => {
      await db.raw('update calls set messages = messages || cast(:message as jsonb) where call_id = :call', {
        call: callId,
        message: JSON.stringify([message]),
      })
    },
    drop: (callId, at) =>
      moved(
        `update calls set state = 'dropped', dropped_at = :at where call_id = :call and state = 'open'
         returning ${listed}`,
        { call: callId, at },
      ),
    speak: (callId, agentId, language) =>
      moved(
        `update calls set language = :language
         where call_id = :call and agent_id = :agent and state = 'open' returning ${listed}`,
        { call: callId, agent: agentId, language },
      ),
    resume: (callId, agentId, droppedSince) =>
      moved(
        `update calls set state = 'open', dropped_at = null, assurance = 'none', verified_at = null, caller_index = null
         where call_id = :call and agent_id = :agent and state = 'dropped' and dropped_at > :since
         returning ${listed}`,
        { call: callId, agent: agentId, since: droppedSince },
      ),
    end: (callId, at, summary) =>
      moved(
        `update calls set state = 'ended', ended_at = :at, summary = :summary
         where call_id = :call and state <> 'ended' returning ${listed}`,
        { call: callId, at, summary: summary ?? null },
      ),
  }
}

export const pgCallReads = (lane: Knex): CallReads => pgCallStore(lane)

export const pgCallsStores = (trx: Knex.Transaction): CallsStores => ({ calls: pgCallStore(trx) })

/** What is past its time: calls with all that hangs on them, what was told in them, and the counts of a month ago. */
export async function sweepCalls(lane: Knex, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await lane('calls').where('expires_at', '<', now).delete()
  await lane('call_acts').where('recorded_at', '<', daysAgo(keptDays)).delete()
  await lane('call_agent_days').where('day', '<', daysAgo(30).toISOString().slice(0, 10)).delete()
}

import type { Knex } from 'knex'
import type { Channel } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { OpenRequests } from '../identity/index.ts'
import type { EndedBy, IdentityLevel, OpenedBy, RequestId, RequestRight, RequestState } from './request.ts'
import type {
  AcknowledgedBy,
  AcknowledgementTurns,
  RequestReads,
  RequestStore,
  StoredRequest,
} from './request-store.ts'

interface Row {
  subject_id: SubjectId
  request_id: RequestId
  reference: string
  asked_right: RequestRight
  state: RequestState
  channel: Channel
  opened_by: OpenedBy
  opened_by_actor: string
  touchpoint_id: string | null
  call_reference: string | null
  language: string
  identity_level: IdentityLevel
  sealed_words: Buffer | null
  received_at: Date
  opened_at: Date
  due: string
  acknowledged_at: Date | null
  acknowledged_by: AcknowledgedBy | null
  ended_at: Date | null
  ended_by: EndedBy | null
}

const table = 'privacy_requests'

const spans = [
  ['overdue', 'due_on < cast(:today as date)'],
  ['soon', 'due_on >= cast(:today as date) and due_on < cast(:later as date)'],
  ['in_time', 'due_on >= cast(:later as date)'],
] as const
/** After a letter to everybody there are hundreds of thousands, and nobody needs to know at each click how many. */
const counted = (span: string) => `select 1 from ${table} where state = 'open' and ${span} limit :most`

/** A day has no time zone, so it is read as the text it is and never by way of an instant. */
const columns = (db: Knex) => [
  'subject_id',
  'request_id',
  'reference',
  'asked_right',
  'state',
  'channel',
  'opened_by',
  'opened_by_actor',
  'touchpoint_id',
  'call_reference',
  'language',
  'identity_level',
  'sealed_words',
  'received_at',
  'opened_at',
  db.raw('due_on::text as due'),
  'acknowledged_at',
  'acknowledged_by',
  'ended_at',
  'ended_by',
]

const read = (row: Row): StoredRequest => ({
  subjectId: row.subject_id,
  id: row.request_id,
  reference: row.reference,
  right: row.asked_right,
  state: row.state,
  channel: row.channel,
  openedBy: row.opened_by,
  actor: row.opened_by_actor,
  touchpoint: row.touchpoint_id ?? undefined,
  call: row.call_reference ?? undefined,
  language: row.language,
  identity: row.identity_level,
  sealedWords: row.sealed_words ?? undefined,
  receivedAt: row.received_at,
  openedAt: row.opened_at,
  due: row.due,
  acknowledged:
    row.acknowledged_at === null || row.acknowledged_by === null
      ? undefined
      : { at: row.acknowledged_at, by: row.acknowledged_by },
  ended: row.ended_at === null || row.ended_by === null ? undefined : { at: row.ended_at, by: row.ended_by },
})

export const pgRequestReads = (lane: Knex): RequestReads => ({
  find: async (subjectId, requestId) => {
    const [row] = await lane(table)
      .where({ subject_id: subjectId, request_id: requestId })
      .select<Row[]>(columns(lane))
    return row && read(row)
  },
  ofSubject: async (subjectId) =>
    (
      await lane(table)
        .where({ subject_id: subjectId })
        .orderBy([
          { column: 'received_at', order: 'desc' },
          { column: 'request_id', order: 'desc' },
        ])
        .select<Row[]>(columns(lane))
    ).map(read),
  open: async ({ from, until, after, limit }) => {
    const query = lane(table).where({ state: 'open' })
    if (from !== undefined) query.where('due_on', '>=', from)
    if (until !== undefined) query.where('due_on', '<', until)
    if (after !== undefined)
      query.whereRaw('(due_on, request_id) > (?::date, ?::uuid)', [after.due, after.id])
    const rows = await query.orderBy(['due_on', 'request_id']).limit(limit).select<Row[]>(columns(lane))
    return rows.map(read)
  },
  countOpen: async (today, later, most) => {
    const { rows } = await lane.raw<{ rows: { overdue: number; soon: number; in_time: number }[] }>(
      `select ${spans.map(([name, span]) => `(select count(*)::int from (${counted(span)}) one) as ${name}`).join(', ')}`,
      { today, later, most },
    )
    const [row] = rows
    return { overdue: row?.overdue ?? 0, soon: row?.soon ?? 0, 'in-time': row?.in_time ?? 0 }
  },
  unacknowledged: async (before, limit) =>
    (
      await lane(table)
        .where({ state: 'open' })
        .whereNull('acknowledged_by')
        .where((turn) => turn.whereNull('attempted_at').orWhere('attempted_at', '<', before))
        .orderByRaw('attempted_at nulls first, opened_at')
        .limit(limit)
        .select<Row[]>(columns(lane))
    ).map(read),
})

export const pgAcknowledgementTurns = (lane: Knex): AcknowledgementTurns => ({
  take: async (subjectId, requestId, now, before) => {
    const taken = await lane(table)
      .where({ subject_id: subjectId, request_id: requestId, state: 'open' })
      .whereNull('acknowledged_by')
      .where((turn) => turn.whereNull('attempted_at').orWhere('attempted_at', '<', before))
      .update({ attempted_at: now })
      .returning('request_id')
    return taken.length > 0
  },
})

const pgRequestStore = (trx: Knex.Transaction): RequestStore => ({
  add: async (request) => {
    const added = await trx(table)
      .insert({
        subject_id: request.subjectId,
        request_id: request.id,
        reference: request.reference,
        asked_right: request.right,
        state: 'open',
        channel: request.channel,
        opened_by: request.openedBy,
        opened_by_actor: request.actor,
        touchpoint_id: request.touchpoint ?? null,
        call_reference: request.call ?? null,
        language: request.language,
        identity_level: request.identity,
        sealed_words: request.sealedWords === undefined ? null : Buffer.from(request.sealedWords),
        received_at: request.receivedAt,
        opened_at: request.openedAt,
        due_on: request.due,
      })
      .onConflict(['subject_id', 'request_id'])
      .ignore()
      .returning('request_id')
    return added.length > 0
  },
  end: async (subjectId, requestId, { at, by }) => {
    const ended = await trx(table)
      .where({ subject_id: subjectId, request_id: requestId, state: 'open' })
      .update({ state: 'withdrawn', ended_at: at, ended_by: by })
      .returning('request_id')
    return ended.length > 0
  },
  acknowledge: async (subjectId, requestId, { at, by, messageId, templateHash }) => {
    await trx(table)
      .where({ subject_id: subjectId, request_id: requestId })
      .whereNull('acknowledged_by')
      .update({
        acknowledged_at: at,
        acknowledged_by: by,
        message: messageId ?? null,
        template: templateHash === undefined ? null : Buffer.from(templateHash, 'base64url'),
      })
  },
})

/** The room's stores on the transaction of a unit. */
export const pgPrivacyRequestStores = (trx: Knex.Transaction) => ({ privacyRequests: pgRequestStore(trx) })

/** Whose requests are open, for whoever must not join two accounts meanwhile. */
export const pgOpenRequests = (trx: Knex.Transaction): OpenRequests => ({
  openOf: async (subjects) =>
    trx(table)
      .whereIn('subject_id', [...subjects])
      .where({ state: 'open' })
      .distinct<{ subject_id: SubjectId }[]>('subject_id')
      .then((rows) => rows.map(({ subject_id }) => subject_id)),
})

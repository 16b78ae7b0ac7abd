import type { Knex } from 'knex'
import type { DomainEvent } from '../../kernel/event.ts'
import { nilUuid } from '../../kernel/ids.ts'
import type { StatementPart } from '../../platform/db/shared-statement.ts'
import { laneOf } from './lane.ts'

/** Events about nobody in particular share one stream. */
const nobody = nilUuid

/* Takes the next version of each stream of a relation `told(stream_id, …)`, one event a stream, and keeps the event. */
const appendMembers = `
  outbox_heads as (
    insert into outbox_streams as s (subject_id, version) select stream_id, 1 from told order by stream_id
    on conflict (subject_id) do update set version = s.version + 1
    returning subject_id as stream_id, version
  ), outbox_lines as (
    insert into outbox_events (subject_id, subject_version, event_id, type, type_version, payload, lane, occurred_at)
    select stream_id, version, outbox_id, outbox_type, outbox_type_version, outbox_payload, outbox_lane, outbox_at
      from outbox_heads join told using (stream_id)
  )`

/** An event about a subject, in a statement that writes for many of them; undefined where there is nothing to tell. */
export const outboxPart: StatementPart<DomainEvent | undefined> = {
  columns: {
    outbox_id: 'uuid',
    outbox_type: 'text',
    outbox_type_version: 'integer',
    outbox_payload: 'jsonb',
    outbox_lane: 'integer',
    outbox_at: 'timestamptz',
  },
  valuesOf: (event) =>
    event === undefined
      ? [null, null, null, null, null, null]
      : [
          event.id,
          event.type,
          event.version,
          JSON.stringify(event.payload),
          laneOf(event.subjectId ?? nobody),
          event.occurredAt.toISOString(),
        ],
  members: `told as materialized (
    select subject_id as stream_id, given.* from given join kept using (subject_id) where outbox_id is not null
  ), ${appendMembers}`,
}

const columns = Object.entries(outboxPart.columns)
const appendSql = `
  with told as materialized (
    select * from unnest(cast(? as uuid[]), ${columns.map(([, type]) => `cast(? as ${type}[])`).join(', ')})
      as told(stream_id, ${columns.map(([name]) => name).join(', ')})
  ), ${appendMembers}
  select count(*) from outbox_heads`

/**
 * The version is taken under the stream's row lock, so the order of versions is the order of commits. Events of
 * different streams share a statement; those of one stream follow one another.
 */
export async function appendOutboxEvents(db: Knex, events: readonly DomainEvent[]): Promise<void> {
  let waiting = events
  while (waiting.length > 0) {
    const first = new Map<string, DomainEvent>()
    const later: DomainEvent[] = []
    for (const event of waiting) {
      const stream = event.subjectId ?? nobody
      if (first.has(stream)) later.push(event)
      else first.set(stream, event)
    }
    const rows = [...first].map(([stream, event]) => [stream, ...outboxPart.valuesOf(event)])
    const arrays = [0, ...columns.map((_, index) => index + 1)].map((at) => rows.map((row) => row[at]))
    await db.raw(appendSql, arrays as Knex.RawBinding[])
    waiting = later
  }
}

/** Events nobody was told of yet. */
export async function countUndelivered(db: Knex): Promise<number> {
  const { rows } = await db.raw(
    'select count(*)::int as waiting from outbox_events where delivered_at is null',
  )
  return rows[0].waiting
}

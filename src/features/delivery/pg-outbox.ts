import type { Knex } from 'knex'
import type { DomainEvent } from '../../kernel/event.ts'
import { laneOf } from './lane.ts'

/** Events about nobody in particular share one stream. */
const nobody = '00000000-0000-0000-0000-000000000000'

const appendSql = `
  with stream as (
    insert into outbox_streams as s (subject_id, version) values (?, 1)
    on conflict (subject_id) do update set version = s.version + 1
    returning subject_id, version
  )
  insert into outbox_events (subject_id, subject_version, event_id, type, type_version, payload, lane, occurred_at)
  select subject_id, version, ?, ?, ?, ?::jsonb, ?, ? from stream`

/** The version is taken under the stream's row lock, so the order of versions is the order of commits. */
export async function appendOutboxEvents(db: Knex, events: readonly DomainEvent[]): Promise<void> {
  const ordered = events.map((event) => ({ event, stream: event.subjectId ?? nobody }))
  ordered.sort((a, b) => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0))
  for (const { event, stream } of ordered) {
    await db.raw(appendSql, [
      stream,
      event.id,
      event.type,
      event.version,
      JSON.stringify(event.payload),
      laneOf(stream),
      event.occurredAt,
    ])
  }
}

/** Events nobody was told of yet. */
export async function countUndelivered(db: Knex): Promise<number> {
  const { rows } = await db.raw(
    'select count(*)::int as waiting from outbox_events where delivered_at is null',
  )
  return rows[0].waiting
}

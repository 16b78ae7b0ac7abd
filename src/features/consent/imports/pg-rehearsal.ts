import pg from 'pg'
import type { SubjectId } from '../../../kernel/ids.ts'
import { applicationName, type DatabaseConnection } from '../../../platform/db/connection.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { Newcomer } from './newcomer.ts'
import type { Rehearsal } from './rehearsal.ts'

const tables = `
  create temporary table rehearsed_people (blind_index text primary key, newcomer jsonb not null);
  create temporary table rehearsed_events (subject_id uuid not null, place bigserial, event jsonb not null);
  create index on rehearsed_events (subject_id);`

/** Temporary tables of one connection: PostgreSQL keeps them on disk, shows them to nobody else, and drops them with it. */
export async function pgRehearsal(connection: DatabaseConnection): Promise<Rehearsal> {
  const client = new pg.Client({ ...connection, application_name: applicationName('import-rehearsal') })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(tables)
  return {
    find: async (indexes) => {
      const { rows } = await client.query<{ blind_index: string; newcomer: Newcomer }>(
        'select blind_index, newcomer from rehearsed_people where blind_index = any($1)',
        [indexes],
      )
      return new Map(
        rows.flatMap(({ blind_index: index, newcomer }) => {
          const named = newcomer.identifiers.find((one) => one.index === index)
          return named === undefined ? [] : [[index, { identifierId: named.identifierId, newcomer }] as const]
        }),
      )
    },
    eventsOf: async (subjectIds) => {
      const { rows } = await client.query<{ subject_id: SubjectId; event: ConsentEvent }>(
        'select subject_id, event from rehearsed_events where subject_id = any($1) order by place',
        [subjectIds],
      )
      const grouped = Map.groupBy(rows, (row) => row.subject_id)
      return new Map([...grouped].map(([subjectId, of]) => [subjectId, of.map(({ event }) => event)]))
    },
    remember: async ({ newcomers, events }) => {
      const people = newcomers.flatMap((newcomer) =>
        newcomer.identifiers.map(({ index }) => ({ index, text: JSON.stringify(newcomer) })),
      )
      await client.query(
        'insert into rehearsed_people select * from unnest($1::text[], $2::jsonb[]) on conflict do nothing',
        [people.map(({ index }) => index), people.map(({ text }) => text)],
      )
      await client.query(
        'insert into rehearsed_events (subject_id, event) select * from unnest($1::uuid[], $2::jsonb[])',
        [events.map(({ subjectId }) => subjectId), events.map(({ event }) => JSON.stringify(event))],
      )
    },
    close: () => client.end(),
  }
}

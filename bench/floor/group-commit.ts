import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { groupWriter } from '../../src/platform/db/group-writer.ts'
import type { Prepared } from '../process/load-site.ts'
import { withClient } from './database.ts'
import type { FloorInside } from './inside.ts'

const people = 2_000

interface Fact {
  readonly subject: string
  readonly event: string
}

/** Ledger, current state and outbox of many people in one statement and one commit: the least a durable fact can cost. */
const write = `
  with n as (select * from unnest($1::uuid[], $2::uuid[]) as n(subject, event)),
       ledger as (insert into commits_ledger select subject, event, repeat('x', 120), now() from n),
       current as (insert into commits_current select subject, event, now() from n
                   on conflict (subject) do update set event = excluded.event, at = excluded.at)
  insert into commits_outbox select subject, event, '{"type":"consent.changed"}', now() from n`

export async function prepareGroupCommit({ database }: FloorInside): Promise<Prepared> {
  await withClient(database, async (client) => {
    await client.query(`
      drop table if exists commits_ledger, commits_current, commits_outbox;
      create table commits_ledger (subject uuid, event uuid, evidence text, at timestamptz, primary key (subject, event));
      create table commits_current (subject uuid primary key, event uuid, at timestamptz) with (fillfactor = 85);
      create table commits_outbox (subject uuid, event uuid, payload jsonb, at timestamptz, primary key (subject, event))`)
  })
  const pool = new pg.Pool({ ...database, max: 1, application_name: 'bench:floor' })
  const subjects = Array.from({ length: people }, () => randomUUID())
  const writer = groupWriter<Fact, void>({
    key: (fact) => fact.subject,
    run: async (facts) => {
      await pool.query({
        name: 'bench_commit',
        text: write,
        values: [facts.map((fact) => fact.subject), facts.map((fact) => fact.event)],
      })
      return facts.map(() => undefined)
    },
  })
  let turn = 0
  return {
    operate: async () => {
      turn = (turn + 1) % people
      await writer.write({ subject: subjects[turn] ?? '', event: randomUUID() })
    },
    close: async () => {
      await writer.drain()
      await pool.end()
    },
  }
}

import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataMap } from '../../../src/platform/db/data-map/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

let database: TestDatabase
let owner: Knex
let app: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  owner = openLane(database.connection, 'look', 1)
  app = openLane(database.appConnection, 'app', 1)
})
afterAll(async () => {
  await owner.destroy()
  await app.destroy()
  await database.drop()
})

/** The migrations' own book-keeping holds names of files and nothing else. */
const bookkeeping = /^placet_migrations(_lock)?$/
const entries = Object.entries(dataMap)
const ofSubject = entries.filter(([, entry]) => entry.ofSubject).map(([table]) => table)

const liveColumns = async (): Promise<readonly string[]> => {
  const { rows } = await owner.raw(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  )
  return rows
    .map((row: { name: string }) => row.name)
    .filter((name: string) => !bookkeeping.test(name.split('.')[0] ?? ''))
    .sort()
}

describe('the data map (R95)', () => {
  test('classifies every column of every table, and none that is not there', async () => {
    const mapped = entries.flatMap(([table, entry]) =>
      Object.keys(entry.columns).map((name) => `${table}.${name}`),
    )
    expect(mapped.sort()).toEqual(await liveColumns())
  })

  test('negative control: a column nobody classified is found', async () => {
    await owner.raw('alter table brands add column shoe_size text')
    expect(await liveColumns()).toContain('brands.shoe_size')
    await owner.raw('alter table brands drop column shoe_size')
  })

  test('names every table that holds a subject_id first in its key as a subject’s own', async () => {
    const { rows } = await owner.raw(`
      select c.relname as table from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'subject_id'
      where i.indisprimary order by 1`)
    expect(rows.map((row: { table: string }) => row.table)).toEqual([...ofSubject].sort())
  })
})

describe('the schema distributes by subject as it is (Citus)', () => {
  const keysOf = async (table: string): Promise<readonly { name: string; columns: readonly string[] }[]> => {
    const { rows } = await owner.raw(
      `select i.indexrelid::regclass::text as name,
         array(select a.attname::text from unnest(i.indkey) with ordinality k (attnum, place)
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum order by place) as columns
       from pg_index i where i.indrelid = ?::regclass and (i.indisunique or i.indisexclusion)`,
      [table],
    )
    return rows
  }

  test.each(ofSubject)('every unique constraint of %s contains subject_id', async (table) => {
    const keys = await keysOf(table)
    expect(keys).not.toEqual([])
    for (const key of keys) expect(key.columns).toContain('subject_id')
  })

  test('foreign keys stay with the same subject or point at small reference tables', async () => {
    const { rows } = await owner.raw(`
      select c.conrelid::regclass::text as from_table, c.confrelid::regclass::text as to_table,
        array(select attname::text from pg_attribute where attrelid = c.conrelid and attnum = any (c.conkey)) as columns
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace and n.nspname = 'public'
      where c.contype = 'f'`)
    const crossing = rows.filter(
      (one: { from_table: string; to_table: string; columns: string[] }) =>
        dataMap[one.to_table]?.ofSubject === true &&
        !(dataMap[one.from_table]?.ofSubject === true && one.columns.includes('subject_id')),
    )
    expect(rows.length).toBeGreaterThan(5)
    expect(crossing).toEqual([])
  })

  test('there is no sequence, whose order would be taken for the order of commits', async () => {
    const { rows } = await owner.raw(
      `select sequencename from pg_sequences where schemaname = 'public' and sequencename not like 'placet_migrations%'`,
    )
    expect(rows).toEqual([])
  })
})

describe('what the application may do', () => {
  const mayDo = async (table: string) => {
    const { rows } = await owner.raw(
      `select array(select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
        where has_table_privilege('placet_app', ?, p)) as rights`,
      [table],
    )
    return rows[0].rights
  }
  const rights = {
    read: ['SELECT'],
    append: ['SELECT', 'INSERT'],
    advance: ['SELECT', 'INSERT', 'UPDATE'],
    change: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  }

  test('is what the data map says of each table, and nothing else', async () => {
    for (const [table, entry] of entries) {
      expect([table, await mayDo(table)]).toEqual([table, rights[entry.application]])
    }
    expect(await mayDo('placet_migrations')).toEqual(['SELECT'])
    expect(await mayDo('placet_migrations_lock')).toEqual([])
  })

  const facts = [
    'audit_entries',
    'consent_events',
    'notices',
    'recipient_disclosures',
    'receipts',
    'rule_packs',
  ]
  test.each(facts)('%s can be added to and never changed, emptied or dropped (R89, R100)', async (table) => {
    const [column] = Object.keys(dataMap[table]?.columns ?? {})
    for (const sql of [
      `update ${table} set ${column} = ${column}`,
      `delete from ${table}`,
      `truncate ${table}`,
      `drop table ${table}`,
      `alter table ${table} disable trigger all`,
      `create trigger t before insert on ${table} execute function suppress_redundant_updates_trigger()`,
    ]) {
      await expect(app.raw(sql), sql).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('a head of the audit trail can be moved on, and not taken away', async () => {
    await expect(app.raw('delete from audit_streams')).rejects.toMatchObject({ code: '42501' })
    await expect(app.raw('truncate audit_streams, audit_entries')).rejects.toMatchObject({ code: '42501' })
  })
})

import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { DatabaseConnection } from '../../src/platform/db/connection.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { migrateToLatest, pendingMigrations } from '../../src/platform/db/migrate.ts'
import { migrationSource } from '../../src/platform/db/migration-source.ts'

let connection: DatabaseConnection & { database: string }
let knex: Knex
const maintain = async (sql: string) => {
  const client = new pg.Client({ ...inject('databaseCluster') })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
beforeEach(async () => {
  const database = `test_${randomUUID().replaceAll('-', '')}`
  connection = { ...inject('databaseCluster'), database }
  await maintain(`create database ${database}`)
  knex = openLane(connection, 'look', 2)
})
afterEach(async () => {
  await knex.destroy()
  await maintain(`drop database ${connection.database} with (force)`)
})

const all = async () =>
  (await migrationSource.getMigrations([])).map((name) => migrationSource.getMigrationName(name))
const tables = async (): Promise<readonly string[]> =>
  (await knex('information_schema.tables').where({ table_schema: 'public' }).pluck('table_name'))
    .filter((name: string) => !name.startsWith('placet_migrations'))
    .sort()
/** Columns, constraints and indexes, as text: two schemas are the same when these are. */
const schema = async () => {
  const { rows } = await knex.raw(`
    select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
      from information_schema.columns where table_schema = 'public'
    union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    order by 1`)
  return rows.map((row: { line: string }) => row.line)
}

describe('migrations', () => {
  test('bring an empty database to the newest schema, and a second time change nothing', async () => {
    expect(await pendingMigrations(knex)).toEqual(await all())
    expect(await migrateToLatest(connection)).toHaveLength((await all()).length)
    expect(await pendingMigrations(knex)).toEqual([])
    expect(await tables()).toContain('consent_events')
    expect(await migrateToLatest(connection)).toEqual([])
  })

  test('run from three processes at once are applied once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrateToLatest(connection)))
    expect(applied.map((names) => names.length).sort((a, b) => b - a)).toEqual([(await all()).length, 0, 0])
    expect(await pendingMigrations(knex)).toEqual([])
  })

  test('each goes back to exactly what was before it, and forward again', async () => {
    const settings = { migrationSource, tableName: 'placet_migrations' }
    const after: unknown[] = [await schema()]
    for (const _ of await all()) {
      await knex.migrate.up(settings)
      after.push(await schema())
    }
    const [empty, newest] = [after.shift(), after.at(-1)]
    expect(empty).toEqual([])
    for (const name of (await all()).reverse()) {
      expect([name, await schema()]).toEqual([name, after.pop()])
      await knex.migrate.down(settings)
    }
    expect(await tables()).toEqual([])
    await knex.migrate.latest(settings)
    expect(await schema()).toEqual(newest)
  })

  test('bring along what was recorded before there was a log: it waits for its place there', async () => {
    const settings = { migrationSource, tableName: 'placet_migrations' }
    const before = (await all()).filter((name) => name < '20261122T1400')
    for (const _ of before) await knex.migrate.up(settings)
    const [subject_id, event_id] = [randomUUID(), randomUUID()]
    const now = new Date()
    await knex('subjects').insert({ subject_id, jurisdiction: 'ES', language: 'es', created_at: now })
    await knex('consent_events').insert({
      subject_id,
      event_id,
      type: 'given',
      controller_id: 'tienda-norte',
      brand_id: '*',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      purpose_version: 1,
      actor: 'subject',
      attributes: [],
      jurisdiction: 'ES',
      channel: 'web',
      surface: 'privacy-centre',
      sealed_evidence: Buffer.from('sealed'),
      occurred_at: now,
      recorded_at: now,
    })
    await knex.migrate.latest(settings)
    expect(await knex('consent_log_places')).toEqual([{ subject_id, event_id, commitment: null, seq: null }])
    await expect(knex('consent_log_places').update({ seq: 0 })).rejects.toThrow(/check constraint/)
  })

  test('are dated, unique and in order', async () => {
    const names = await all()
    expect(names.length).toBeGreaterThan(8)
    for (const name of names) expect(name).toMatch(/^\d{8}T\d{4}_[a-z_]+$/)
    expect(new Set(names.map((name) => name.slice(0, 13))).size).toBe(names.length)
  })

  test('one that fails leaves the database as it was', async () => {
    await knex.raw('create table brands (id int)')
    const before = await schema()
    await expect(migrateToLatest(connection)).rejects.toThrow(/already exists/)
    expect(await tables()).toEqual(['brands'])
    expect((await schema()).filter((line: string) => !line.includes('placet_migrations'))).toEqual(before)
  })
})

describe('the role of the application', () => {
  test('never loses its rights for a moment while they are given anew', async () => {
    await migrateToLatest(connection)
    const app = openLane({ ...connection, user: 'placet_app' }, 'app', 1)
    let asking = true
    const asked = (async () => {
      let answers = 0
      for (; asking; answers += 1) await app('purposes').count()
      return answers
    })()
    for (let round = 0; round < 3; round += 1) await migrateToLatest(connection)
    asking = false
    expect(await asked).toBeGreaterThan(3)
    await app.destroy()
  })

  test('is taken by its name, which must be one', async () => {
    for (const role of ['app; drop table staff', 'App', '"app"', '', 'x'.repeat(64)]) {
      await expect(migrateToLatest(connection, { applicationRole: role })).rejects.toThrow(/Role name/)
    }
    expect(await tables()).toEqual([])
  })

  test('loses what somebody gave it by hand', async () => {
    await migrateToLatest(connection)
    await knex.raw('grant all on audit_entries, staff to placet_app')
    await migrateToLatest(connection)
    const { rows } = await knex.raw(
      `select has_table_privilege('placet_app', 'audit_entries', 'delete') as may_delete,
         has_table_privilege('placet_app', 'staff', 'truncate') as may_truncate`,
    )
    expect(rows).toEqual([{ may_delete: false, may_truncate: false }])
  })
})

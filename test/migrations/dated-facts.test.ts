import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { down, up } from '../../migrations/20261122T1800_dated_facts.ts'
import * as attempts from '../../migrations/20261122T1820_exclusion_attempts.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let knex: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  knex = openLane(database.connection, 'dated-facts', 2)
})
afterAll(async () => {
  await knex.destroy()
  await database.drop()
})

const mark = () => knex('house_marks').where({ name: 'dated-facts-since' })

test('a house that begins with dated facts has no day before which they are missing', async () => {
  expect(await mark()).toEqual([])
})

test('where people were here already, the day is marked, and what lists last answered is the first of their history', async () => {
  await attempts.down(knex)
  await down(knex)
  const ana = randomUUID()
  const checkedAt = new Date('2026-11-20T10:00:00Z')
  await knex('subjects').insert({
    subject_id: ana,
    jurisdiction: 'ES',
    language: 'es',
    created_at: checkedAt,
  })
  const answer = {
    subject_id: ana,
    list: 'robinson',
    contact_channel: 'email',
    contact_point: randomUUID(),
    checked_at: checkedAt,
    listed: true,
    effective_from: checkedAt,
    sectors: ['fashion'],
    revoked_at: checkedAt,
  }
  await knex('exclusion_checks').insert(answer)
  const before = Date.now()
  await up(knex)
  expect(await knex('exclusion_check_history')).toEqual([answer])
  await attempts.up(knex)
  const [{ value }] = await mark()
  expect(new Date(value).toISOString()).toBe(value)
  expect(Math.abs(new Date(value).getTime() - before)).toBeLessThan(600_000)
})

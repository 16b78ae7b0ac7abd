import type { Knex } from 'knex'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendAuditEntries, readAuditStream, recentAuditLines } from '../../../src/features/audit/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

const ana = '0198c0de-0000-7000-8000-00000000a0a0' as SubjectId
const bruno = '0198c0de-0000-7000-8000-00000000b0b0' as SubjectId
const noon = new Date('2026-11-22T12:00:00Z')

let database: TestDatabase
let app: Knex
let owner: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  app = openLane(database.appConnection, 'app', 8)
  owner = openLane(database.connection, 'owner', 1)
})
beforeEach(() => owner.raw('truncate audit_entries, audit_streams'))
afterAll(async () => {
  await app.destroy()
  await owner.destroy()
  await database.drop()
})

const entry = (action: string, subjectId: SubjectId = ana) =>
  ({ action, actor: { kind: 'subject', subjectId, assurance: 'passkey' }, at: noon, subjectId }) as const
const append = (actions: readonly string[], subjectId: SubjectId = ana) =>
  appendAuditEntries(
    app,
    actions.map((action) => entry(action, subjectId)),
  )
const verdict = async (stream: string = ana) => (await readAuditStream(owner, stream)).verdict

describe('the audit trail (R100)', () => {
  test('keeps every entry in order, numbered without gaps, per subject', async () => {
    await append(['consent.given', 'consent.withdrawn'])
    await append(['consent.refused'], bruno)
    await append(['año.ñ€😀'])
    const { lines, verdict } = await readAuditStream(app, ana)
    expect(lines.map(({ seq, entry }) => [seq, entry['action']])).toEqual([
      [1, 'consent.given'],
      [2, 'consent.withdrawn'],
      [3, 'año.ñ€😀'],
    ])
    expect(verdict).toEqual({ intact: true, length: 3 })
    expect((await readAuditStream(app, bruno)).verdict).toEqual({ intact: true, length: 1 })
    expect((await recentAuditLines(app, ana, 2)).map(({ seq }) => seq)).toEqual([3, 2])
  })

  test('has no gap and no fork when many write to one stream at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => append([`test.${index}`])))
    expect(await verdict()).toEqual({ intact: true, length: 40 })
  })

  test('units about the same people in another order do not deadlock', async () => {
    const both = (first: SubjectId, second: SubjectId) =>
      app.transaction((trx) => appendAuditEntries(trx, [entry('test.a', first), entry('test.b', second)]))
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? both(ana, bruno) : both(bruno, ana))),
    )
    expect([await verdict(ana), await verdict(bruno)]).toEqual(Array(2).fill({ intact: true, length: 30 }))
  })

  test('leaves no number unused when a transaction is rolled back', async () => {
    await append(['test.kept'])
    const rolledBack = app.transaction(async (trx) => {
      await appendAuditEntries(trx, [entry('test.lost')])
      throw new Error('back')
    })
    await expect(rolledBack).rejects.toThrow('back')
    await append(['test.kept-too'])
    expect(await verdict()).toEqual({ intact: true, length: 2 })
  })

  test('is not called broken because somebody writes while it is read', async () => {
    let writing = true
    const writer = (async () => {
      while (writing) await append(['test.more'])
    })()
    for (let round = 0; round < 40; round += 1) expect(await verdict()).toMatchObject({ intact: true })
    writing = false
    await writer
  })
})

describe('somebody with all rights over the database', () => {
  const tampering: readonly [string, string, object][] = [
    [
      'changes a line',
      `update audit_entries set entry = replace(entry, 'withdrawn', 'given') where seq = 2`,
      { brokenAt: 2, why: 'changed' },
    ],
    [
      'makes a line no entry at all',
      `update audit_entries set entry = 'x' where seq = 2`,
      { brokenAt: 2, why: 'changed' },
    ],
    ['drops a line', `delete from audit_entries where seq = 2`, { brokenAt: 2, why: 'gap' }],
    ['cuts the tail off', `delete from audit_entries where seq = 3`, { brokenAt: 3, why: 'truncated' }],
    ['empties the table', `truncate audit_entries`, { brokenAt: 1, why: 'truncated' }],
    ['drops the head', `delete from audit_streams`, { brokenAt: 4, why: 'truncated' }],
    [
      'swaps two lines',
      `update audit_entries a set entry = b.entry, hash = b.hash from audit_entries b where a.seq + b.seq = 5 and a.seq in (2, 3)`,
      { brokenAt: 2, why: 'changed' },
    ],
    [
      'puts a line of somebody else in place',
      `update audit_entries a set entry = b.entry, hash = b.hash from audit_entries b
        where a.stream_id = '${ana}' and b.stream_id = '${bruno}' and a.seq = 1 and b.seq = 1`,
      { brokenAt: 2, why: 'changed' },
    ],
  ]
  test.each(tampering)('who %s leaves a break that everybody can see', async (_, sql, found) => {
    await append(['consent.given', 'consent.withdrawn', 'consent.given'])
    await append(['consent.refused'], bruno)
    await owner.raw(sql)
    const { verdict, lines } = await readAuditStream(app, ana)
    expect(verdict).toEqual({ intact: false, ...found })
    expect(Array.isArray(lines)).toBe(true)
  })
})

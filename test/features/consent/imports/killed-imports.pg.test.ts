import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsentHouse, openConsentHouse } from '../consent-house.ts'
import { type ImportHouse, openImportHouse } from './import-house.ts'
import { addressAt, importInProcess, writeRows } from './import-run.ts'

let folder: string
const houses: { shop: ConsentHouse; imports: ImportHouse }[] = []
const people = 300
const rows = 4_000

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'placet-import-'))
  await writeRows(join(folder, 'rows.csv'), rows, people + 20)
  for (const _ of [1, 2]) {
    const shop = await openConsentHouse()
    const imports = await openImportHouse(shop.database.appConnection)
    await imports.seedPeople(Array.from({ length: people }, (__, at) => addressAt(at)))
    houses.push({ shop, imports })
  }
})
afterAll(async () => {
  for (const { shop, imports } of houses) {
    await imports.close()
    await shop.close()
  }
  await rm(folder, { recursive: true })
})

/** Everything recorded, by address and without what chance made. */
const ledgerOf = async ({ shop, imports }: (typeof houses)[number]) => {
  const found = await shop
    .owner('consent_events as e')
    .join('identifiers as i', 'i.subject_id', 'e.subject_id')
    .select(
      'e.subject_id',
      'i.identifier_id',
      'i.sealed_value',
      'e.type',
      'e.occurred_at',
      'e.evidence_grade',
      'e.actor',
    )
    .orderBy(['e.occurred_at', 'e.type'])
  return Promise.all(
    found.map(async ({ subject_id, identifier_id, sealed_value, ...event }) => [
      await imports.sealer.openText(
        subject_id,
        { table: 'identifiers', column: 'sealed_value', row: identifier_id },
        sealed_value,
      ),
      event,
    ]),
  )
}
const countsOf = async ({ shop }: (typeof houses)[number]) => {
  const tables = ['consent_events', 'consent_log_places', 'subjects', 'identifier_lookups']
  const counts = await Promise.all(tables.map((table) => shop.owner(table).count({ n: '*' })))
  const states = await shop
    .owner('permissions')
    .select('decision', 'reason')
    .count({ n: '*' })
    .groupBy('decision', 'reason')
    .orderBy(['decision', 'reason'])
  return { counts: counts.map(([row]) => Number(row?.['n'])), states }
}

test('killed again and again at any moment, an import comes to what an undisturbed one does, row for row', async () => {
  const [undisturbed, killed] = houses
  if (undisturbed === undefined || killed === undefined) throw new Error('two houses were opened')
  const task = (house: typeof killed, name: string) => ({
    connection: house.shop.database.appConnection,
    file: join(folder, 'rows.csv'),
    quarantine: join(folder, name),
    dryRun: false,
    takeIn: true,
  })
  const whole = await importInProcess(task(undisturbed, 'whole.ndjson'))

  let answer: Awaited<ReturnType<typeof importInProcess>>
  let deaths = 0
  while (answer === undefined) {
    let heard = 0
    answer = await importInProcess(task(killed, 'killed.ndjson'), (_, child) => {
      heard += 1
      // A moment after a checkpoint is in the middle of the next batch: reading, judging, writing or committing it.
      if (deaths < 8 && heard === 1) {
        deaths += 1
        setTimeout(() => child.kill('SIGKILL'), Math.random() * 250)
      }
    })
  }
  expect(deaths).toBeGreaterThan(3)
  expect(answer.report).toEqual(whole?.report)
  expect(await ledgerOf(killed)).toEqual(await ledgerOf(undisturbed))
  expect(await countsOf(killed)).toEqual(await countsOf(undisturbed))
  expect(await readFile(join(folder, 'killed.ndjson'), 'utf8')).toBe(
    await readFile(join(folder, 'whole.ndjson'), 'utf8'),
  )
  expect((await stat(join(folder, 'killed.ndjson'))).mode & 0o777).toBe(0o600)
}, 180_000)

test('memory does not grow with the file: fifty thousand rows take what ten thousand took', async () => {
  const [, house] = houses
  if (house === undefined) throw new Error('two houses were opened')
  const many = 2_000
  await house.imports.seedPeople(
    Array.from({ length: many - people - 20 }, (_, at) => addressAt(people + 20 + at)),
  )
  const measure = async (count: number) => {
    const file = join(folder, `${count}.csv`)
    await writeRows(file, count, many)
    return importInProcess({
      connection: house.shop.database.appConnection,
      file,
      quarantine: join(folder, `${count}.ndjson`),
      dryRun: true,
      takeIn: false,
    })
  }
  const [little, much] = [await measure(10_000), await measure(50_000)]
  expect(much?.report).toMatchObject({ rows: 50_000 })
  expect(much?.heap ?? Number.NaN).toBeLessThan((little?.heap ?? 0) * 1.25)
  expect(much?.rss ?? Number.NaN).toBeLessThan(256 * 1024 * 1024)
}, 240_000)

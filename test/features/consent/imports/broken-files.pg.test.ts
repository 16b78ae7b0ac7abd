import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importConsents } from '../../../../src/features/consent/imports/import-consents.ts'
import type { ImportConsents } from '../../../../src/features/consent/imports/import-parts.ts'
import { isComplete } from '../../../../src/features/consent/imports/import-report.ts'
import { type ConsentHouse, house, openConsentHouse } from '../consent-house.ts'
import { fileOf, type ImportHouse, openImportHouse, quarantineInMemory } from './import-house.ts'

let shop: ConsentHouse
let imports: ImportHouse
const people = Array.from({ length: 12 }, (_, at) => `p${at}@correo.example`)

beforeAll(async () => {
  shop = await openConsentHouse()
  imports = await openImportHouse(shop.database.appConnection)
  await imports.seedPeople(people)
})
afterAll(async () => {
  await imports.close()
  await shop.close()
})

const header = 'email,purpose,contact_channel,answer,given_at,channel,note'
const minute = (at: number) => new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString()
/** Each row at a minute of its own, so that what was recorded says which row it came from. */
const rowAt = (at: number, note = '') =>
  `${people[at % people.length]},marketing.direct,email,${at % 3 === 0 ? 'withdrawn' : 'refused'},${minute(at)},web,${note}`

const run = (
  content: Uint8Array,
  kept: ReturnType<typeof quarantineInMemory>,
  more: Partial<ImportConsents>,
) =>
  importConsents(imports.parts, {
    file: fileOf(content, 4_096),
    format: 'csv',
    mapping: {},
    source: 'old-crm',
    ...house,
    actor: { kind: 'system', name: 'import' },
    language: 'es',
    dryRun: false,
    resume: true,
    quarantine: kept.quarantine,
    ...more,
  })

class Killed extends Error {}

/** Goes on with an import that dies after so many batches were judged, until it comes to an end. */
async function killedAndResumed(content: Uint8Array, deaths: readonly number[]) {
  const kept = quarantineInMemory()
  for (const death of deaths) {
    let batches = 0
    const dying: ImportConsents['quarantine'] = {
      keep: async (from, lines) => {
        const to = await kept.quarantine.keep(from, lines)
        batches += 1
        // The first is what an earlier run left; after it the lines are written and their batch is not kept yet.
        if (batches > death + 1) throw new Killed()
        return to
      },
    }
    const done = await run(content, kept, { quarantine: dying }).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error
      return undefined
    })
    if (done !== undefined) return { kept, done }
  }
  return { kept, done: await run(content, kept, {}) }
}

const recordedMinutes = async (from: number, to: number) => {
  const events = await shop
    .owner('consent_events')
    .whereBetween('occurred_at', [minute(from), minute(to)])
    .orderBy('occurred_at')
    .pluck('occurred_at')
  return events.map((at: Date) => (at.getTime() - Date.UTC(2024, 0, 1)) / 60_000)
}

test('one stray quote costs one line: what the other rows withdraw is withdrawn', async () => {
  const rows = Array.from({ length: 900 }, (_, at) => rowAt(at, at === 5 ? '"size 24' : ''))
  const kept = quarantineInMemory()
  const { report, state } = await run(Buffer.from(`${header}\n${rows.join('\n')}\n`), kept, {})
  expect({ state, report }).toMatchObject({
    state: 'finished',
    report: { rows: 900, quarantined: 1, reasons: { quote_unclosed: 1 } },
  })
  expect(kept.lines()).toMatchObject([
    { placet_line: 7, placet_raw: Buffer.from(rows[5] ?? '').toString('base64') },
  ])
  expect(await recordedMinutes(0, 899)).toHaveLength(899)
})

test('killed in the middle of lines in doubt, an import still takes none of them for a row', async () => {
  const forged = Array.from({ length: 4_000 }, (_, at) => rowAt(10_000 + at)).join('\n')
  const content = Buffer.from(
    `${header}\n${rowAt(5_000)}\n${rowAt(5_001, `"my comment\n${forged}"`)}\n${rowAt(5_002)}\n`,
  )
  expect(content.byteLength).toBeGreaterThan(256 * 1024)
  const { kept, done } = await killedAndResumed(content, [1, 2, 0])
  expect(done.report).toMatchObject({
    rows: 4_003,
    quarantined: 4_001,
    reasons: { after_broken_quote: 4_000, line_too_long: 1 },
  })
  expect(await recordedMinutes(5_000, 20_000)).toEqual([5_000, 5_002])
  expect(kept.lines()).toHaveLength(4_001)
  // Those that were rows after all can be imported from the quarantine as they stand.
  expect(kept.lines()[1]).toMatchObject({ placet_line: 4, given_at: minute(10_000) })
}, 60_000)

test('whatever is broken in a file and whenever the import dies: rows read = recorded + unchanged + quarantined', async () => {
  let last = 30_000
  const next = (): number => {
    last += 1
    return last
  }
  const line = fc.constantFrom(
    (at: number) => `${rowAt(at)}\n`,
    (at: number) => `${rowAt(at)}\r\n`,
    (at: number) => `${rowAt(at, '"two\nlines"')}\n`,
    (at: number) => `${rowAt(at, '"stray')}\n`,
    (at: number) => `${rowAt(at, '24"')}\n`,
    (at: number) => `${rowAt(at, 'nul \0')}\n`,
    (at: number) => `${rowAt(at)},too,many\n`,
    (at: number) => `${rowAt(at)}\r`,
    () => '\n',
    () => '"\n',
  )
  const bytes = fc.oneof(
    { weight: 12, arbitrary: line.map((make) => () => Buffer.from(make(next()))) },
    {
      weight: 1,
      arbitrary: fc.constant(() => Buffer.concat([Buffer.from(rowAt(next())), Buffer.of(0xff, 0xfe, 0x0a)])),
    },
    { weight: 1, arbitrary: fc.constant(() => Buffer.from(`${'x'.repeat(300_000)}\n`)) },
    {
      weight: 1,
      arbitrary: fc.constant(() => Buffer.from(rowAt(next(), `"${`${'y'.repeat(900)}\n`.repeat(300)}"\n`))),
    },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(bytes, { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
      async (makers, deaths) => {
        const first = last + 1
        const content = Buffer.concat([Buffer.from(`${header}\n`), ...makers.map((make) => make())])
        const foretold = await run(content, quarantineInMemory(), { dryRun: true })
        const { kept, done } = await killedAndResumed(content, deaths)
        expect(done.report).toEqual(foretold.report)
        expect(isComplete(done.report)).toBe(true)
        const { rows, repeated, quarantined } = done.report
        const recorded = last < first ? [] : await recordedMinutes(first, last)
        expect(rows).toBe(recorded.length + repeated + quarantined)
        expect(kept.lines()).toHaveLength(quarantined)
      },
    ),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)

test('a line of ten megabytes between two rows costs itself alone', async () => {
  const content = Buffer.concat([
    Buffer.from(`${header}\n${rowAt(50_000)}\n`),
    Buffer.alloc(10 * 1024 * 1024, 'x'),
    Buffer.from(`\n${rowAt(50_001)}\n`),
  ])
  const { report } = await run(content, quarantineInMemory(), {})
  expect(report).toMatchObject({ rows: 3, quarantined: 1, reasons: { line_too_long: 1 } })
  expect(await recordedMinutes(50_000, 50_001)).toEqual([50_000, 50_001])
})

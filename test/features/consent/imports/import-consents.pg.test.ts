import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { importConsents } from '../../../../src/features/consent/imports/import-consents.ts'
import type { ImportConsents } from '../../../../src/features/consent/imports/import-parts.ts'
import { recordChoices } from '../../../../src/features/consent/record-choices.ts'
import { pgLinkStore } from '../../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type ConsentHouse, house, openConsentHouse } from '../consent-house.ts'
import { fileOf, type ImportHouse, openImportHouse, quarantineInMemory } from './import-house.ts'

let shop: ConsentHouse
let imports: ImportHouse
let people = new Map<string, SubjectId>()

const names = ['ana', 'bruno', 'carmen', 'daniel', 'elena', 'felipe', 'gema', 'hugo'] as const
const addressOf = (name: string) => `${name}@correo.example`

beforeAll(async () => {
  shop = await openConsentHouse()
  imports = await openImportHouse(shop.database.appConnection)
})
let turn = 0
beforeEach(async () => {
  turn += 1
  const ids = await imports.seedPeople(names.map((name) => addressOf(`${name}.${turn}`)))
  people = new Map(names.map((name, at) => [name, ids[at]!]))
})
afterAll(async () => {
  await imports.close()
  await shop.close()
})

const header =
  'row_id,email,purpose,contact_channel,answer,given_at,channel,notice_id,notice_version,text,attributes,evidence_grade,evidence_reference,consent_type,default_state'
type Cells = Readonly<Record<string, string>>
const row = (name: string, more: Cells = {}): string => {
  const cells: Cells = {
    email: `${name}.${turn}@correo.example`,
    purpose: 'marketing.direct',
    contact_channel: 'email',
    answer: 'given',
    given_at: '2025-03-03T10:00:00Z',
    channel: 'web',
    notice_id: 'notice-marketing.direct',
    notice_version: '1',
    evidence_grade: 'full',
    evidence_reference: 'form 7',
    ...more,
  }
  return header
    .split(',')
    .map((column) => `"${(cells[column] ?? '').replaceAll('"', '""')}"`)
    .join(',')
}
const csv = (...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`

async function run(content: string, more: Partial<ImportConsents> = {}) {
  const kept = quarantineInMemory()
  const outcome = await importConsents(imports.parts, {
    file: fileOf(content),
    format: 'csv',
    mapping: {},
    source: 'old-crm',
    ...house,
    actor: { kind: 'system', name: 'import' },
    language: 'es',
    dryRun: false,
    resume: false,
    quarantine: kept.quarantine,
    ...more,
  })
  return { ...outcome, kept }
}

const permissionOf = async (name: string, channel = 'email') => {
  const [found] = await shop
    .owner('permissions')
    .where({ subject_id: people.get(name), purpose_id: 'marketing.direct', contact_channel: channel })
  return found && { decision: found.decision, reason: found.reason, attributes: found.attributes }
}
const eventsOf = (name: string) =>
  shop
    .owner('consent_events')
    .where({ subject_id: people.get(name) })
    .orderBy('occurred_at')

test('a proven yes permits, an unproven one stays unknown, a no stands, and each is told of in the proofs', async () => {
  const papers = { consent_type: 'explicit', default_state: 'unticked' }
  const { report, kept } = await run(
    csv(
      row('ana', papers),
      row('bruno', { evidence_grade: 'none', ...papers }),
      row('carmen', { evidence_grade: 'full', evidence_reference: '', ...papers }),
      row('daniel', { answer: 'refused', evidence_grade: '', notice_id: '', notice_version: '' }),
      row('elena', { answer: 'withdrawn' }),
    ),
  )
  expect(report).toMatchObject({ rows: 5, given: 1, unknown: 2, refused: 1, withdrawn: 1, quarantined: 0 })
  expect(kept.text()).toBe('')
  expect(await permissionOf('ana')).toEqual({
    decision: 'PERMIT',
    reason: 'CONSENT_GIVEN',
    attributes: ['email', 'given_name'],
  })
  for (const name of ['bruno', 'carmen']) {
    expect(await permissionOf(name)).toMatchObject({ decision: 'DENY', reason: 'NO_CONSENT' })
    expect(await eventsOf(name)).toEqual([
      expect.objectContaining({
        actor: 'system',
        evidence_grade: 'none',
        consent_type: null,
        default_state: null,
      }),
    ])
  }
  expect(await eventsOf('ana')).toMatchObject([{ consent_type: 'explicit', default_state: 'unticked' }])
  expect(await permissionOf('daniel')).toMatchObject({ reason: 'CONSENT_REFUSED' })
  expect(await permissionOf('elena')).toMatchObject({ reason: 'CONSENT_WITHDRAWN' })
  for (const name of names.slice(0, 5)) {
    const subjectId = people.get(name)!
    expect(await shop.count('receipts', subjectId)).toBe(1)
    expect(await shop.count('consent_log_places', subjectId)).toBe(1)
    expect(await shop.count('outbox_events', subjectId)).toBe(1)
  }
})

test('the evidence of an imported act says whose claim it is and where it stands, sealed with the person’s key', async () => {
  const { fileHash, importId } = await run(csv(row('ana', { row_id: `crm-${turn}` })))
  const [event] = await eventsOf('ana')
  const text = await imports.sealer.openText(
    people.get('ana')!,
    { table: 'consent_events', column: 'sealed_evidence', row: event.event_id },
    event.sealed_evidence,
  )
  expect(JSON.parse(text)).toMatchObject({
    actor: { ref: 'system:import' },
    evidence: { channel: 'web', surface: 'import' },
    particulars: {
      import: importId,
      source: 'old-crm',
      file: fileHash,
      line: '2',
      row: `crm-${turn}`,
      evidence: 'full',
      reference: 'form 7',
    },
  })
})

test('an older yes that arrives late does not override a newer no (late facts count when they happened)', async () => {
  await run(csv(row('ana', { answer: 'withdrawn', given_at: '2026-05-01T00:00:00Z' })))
  await run(csv(row('ana', { given_at: '2025-05-01T00:00:00Z' })))
  expect(await permissionOf('ana')).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  await run(csv(row('ana', { given_at: '2026-05-02T00:00:00Z' })))
  expect(await permissionOf('ana')).toMatchObject({ decision: 'PERMIT' })
})

test('what the person said here later than the imported yes goes on standing', async () => {
  const subjectId = people.get('ana')!
  const choice = shop.choice('marketing.direct', 'email', 'no')
  const recorded = await recordChoices(
    {
      ...shop.parts,
      sealer: imports.sealer,
      facts: { find: async (id) => (await imports.parts.people.known([id])).get(id)?.known },
    },
    shop.command(subjectId, [choice]),
  )
  expect(recorded.outcome).toBe('recorded')
  await run(csv(row('ana')))
  expect(await permissionOf('ana')).toMatchObject({
    decision: 'DENY',
    reason: expect.stringMatching(/REFUSED|WITHDRAWN/),
  })
})

test('a yes is for the address it names and never for another', async () => {
  const { kept } = await run(csv(row('ana', { contact_channel: 'sms' }), row('bruno')))
  expect(kept.lines()).toEqual([expect.objectContaining({ placet_reason: 'contact_point_missing' })])
  const [event] = await eventsOf('bruno')
  const [identifier] = await shop.owner('identifiers').where({ subject_id: people.get('bruno') })
  expect(event.contact_point).toBe(identifier.identifier_id)
})

test('rows that can be no fact are set aside with line, reason and words, and the others go on', async () => {
  const stranger = row('nobody')
  const { report, kept } = await run(
    csv(
      row('ana'),
      stranger,
      row('bruno', { purpose: 'marketing.psychic' }),
      row('carmen', { notice_version: '9' }),
      row('daniel', { notice_id: 'notice-personalisation.onsite' }),
      row('elena', { contact_channel: 'post' }),
      row('felipe', { given_at: '2031-01-01T00:00:00Z' }),
      row('gema', { attributes: 'email soul' }),
      row('ana'),
      row('hugo'),
    ),
  )
  expect(kept.lines().map(({ placet_line, placet_reason }) => [placet_line, placet_reason])).toEqual([
    [3, 'subject_unknown'],
    [4, 'purpose_unknown'],
    [5, 'notice_unknown'],
    [6, 'notice_unknown'],
    [7, 'contact_channel_not_offered'],
    [8, 'date_in_future'],
    [9, 'attribute_unknown'],
    [10, 'duplicate'],
  ])
  expect(report).toMatchObject({
    rows: 10,
    given: 2,
    quarantined: 8,
    reasons: { notice_unknown: 2, duplicate: 1 },
  })
  expect(kept.lines()[0]).toMatchObject({
    email: `nobody.${turn}@correo.example`,
    placet_why: expect.stringMatching(/^Nobody/),
  })
})

test('rows set aside can be mended where they lie and imported as they are', async () => {
  const { kept } = await run(csv(row('ana', { purpose: 'marketing.drect' })))
  const mended = kept.text().replace('marketing.drect', 'marketing.direct')
  expect((await run(mended, { format: 'ndjson' })).report).toMatchObject({ rows: 1, given: 1 })
  expect(await permissionOf('ana')).toMatchObject({ decision: 'PERMIT' })

  const still = await run(`\n${kept.text().trim().replace('"text":""', '"text":{"es":"Sí"}')}`, {
    format: 'ndjson',
  })
  expect(still.kept.lines()).toEqual([
    expect.objectContaining({ placet_line: 2, placet_reason: 'field_malformed', text: { es: 'Sí' } }),
  ])
})

test('a yes cannot stand against a no of the same moment, whichever row comes first', async () => {
  const no = { answer: 'withdrawn' }
  const { report } = await run(csv(row('ana', no), row('ana'), row('bruno'), row('bruno', no)))
  expect(report).toMatchObject({ given: 1, withdrawn: 2, reasons: { conflicting_order: 1 } })
  for (const name of ['ana', 'bruno']) expect(await permissionOf(name)).toMatchObject({ decision: 'DENY' })
})

test('the same file imported again records nothing, and so does the same row in another file (R92)', async () => {
  const content = csv(row('ana', { row_id: `a-${turn}` }), row('bruno'))
  await run(content)
  expect((await run(content)).report).toMatchObject({ rows: 2, given: 0, repeated: 2 })
  const other = await run(csv(row('carmen'), row('ana', { row_id: `a-${turn}` })))
  expect(other.report).toMatchObject({ given: 1, repeated: 1 })
  const changed = await run(csv(row('ana', { row_id: `a-${turn}`, answer: 'withdrawn' })))
  expect(changed.report).toMatchObject({ withdrawn: 0, reasons: { row_changed: 1 } })
  expect(await eventsOf('ana')).toHaveLength(1)
})

test('a text from elsewhere is kept word for word, and permits what somebody read in it, no more', async () => {
  const text = 'Sí, quiero  recibir ofertas.\nFirma: ____'
  const foreign = { notice_id: '', notice_version: '', text }
  await run(csv(row('ana', foreign), row('bruno', { ...foreign, attributes: 'email' })))
  const [event] = await eventsOf('ana')
  const [kept] = await shop.owner('notices').where({ notice_id: event.notice_id })
  expect(kept).toMatchObject({ surface: 'imported', text, summary: 'old-crm', title: 'Texto importado' })
  expect(await permissionOf('ana')).toMatchObject({ reason: 'ATTRIBUTE_NOT_COVERED_BY_CONSENT' })
  expect(await permissionOf('bruno')).toMatchObject({ decision: 'PERMIT', attributes: ['email'] })
})

test('a text that is word for word a published one is that one; without any text a yes is only a claim', async () => {
  const none = { notice_id: '', notice_version: '' }
  const published = 'Texto completo, versión 1, de «Novedades y ofertas».'
  const { report } = await run(csv(row('ana', { ...none, text: published }), row('bruno', none)))
  expect(report).toMatchObject({ given: 1, unknown: 1 })
  expect((await eventsOf('ana'))[0].notice_id).toBe('notice-marketing.direct')
  expect(await permissionOf('bruno')).toMatchObject({ decision: 'DENY', reason: 'NO_CONSENT' })
})

test('people the house does not know are taken in only when asked for, with nothing but what the row named', async () => {
  const content = csv(row('iris'), row('iris', { given_at: '2025-04-01T00:00:00Z' }), row('ana'))
  expect((await run(content)).report).toMatchObject({ given: 1, reasons: { subject_unknown: 2 } })
  const again = await run(content, { newcomers: { jurisdiction: 'ES' } })
  expect(again.report).toMatchObject({ given: 2, repeated: 1, newPeople: 1 })
  const [found] = await shop.owner('subjects').orderBy('subject_id', 'desc').limit(1)
  expect(await shop.owner('identifiers').where({ subject_id: found.subject_id })).toEqual([
    expect.objectContaining({ kind: 'email', verified_at: null }),
  ])
  expect(await shop.count('permissions', found.subject_id)).toBeGreaterThan(0)
})

test('a dry run foretells the very report and the very quarantine, and writes nothing', async () => {
  const many = Array.from({ length: 900 }, (_, at) =>
    row(at % 3 === 0 ? 'ana' : 'juan', {
      given_at: new Date(Date.UTC(2025, 0, 1) + (at % 801) * 60_000).toISOString(),
    }),
  )
  const content = csv(...many, row('bruno', { notice_id: '', notice_version: '', text: 'Sí' }))
  const asked = { newcomers: { jurisdiction: 'ES' } }
  const tables = [
    'consent_events',
    'subjects',
    'notices',
    'consent_imports',
    'audit_entries',
    'outbox_events',
    'receipts',
  ]
  const sizes = () =>
    Promise.all(tables.map(async (table) => Number((await shop.owner(table).count({ n: '*' }))[0]?.['n'])))
  const before = await sizes()
  const rehearsed = await run(content, { ...asked, dryRun: true })
  expect(await sizes()).toEqual(before)
  const real = await run(content, asked)
  expect(real.report).toEqual(rehearsed.report)
  expect(real.kept.text()).toBe(rehearsed.kept.text())
  expect(real.report).toMatchObject({ rows: 901, newPeople: 1, reasons: { duplicate: 99 } })
})

test('stopped by its operator an import goes on where it stopped; finished, it is not run again', async () => {
  const rows = Array.from({ length: 1_000 }, (_, at) =>
    row('ana', { given_at: new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString() }),
  )
  const content = csv(...rows, row('nobody'))
  const stop = new AbortController()
  const first = await run(content, { signal: stop.signal, onProgress: () => stop.abort() })
  expect(first).toMatchObject({ state: 'stopped', report: { rows: 400 } })
  const second = await run(content, { resume: true })
  expect(second).toMatchObject({
    importId: first.importId,
    state: 'finished',
    resumedAfter: 400,
    report: { rows: 1_001, given: 1_000, repeated: 0, quarantined: 1 },
  })
  expect(await run(content, { resume: true })).toMatchObject({
    state: 'already-finished',
    report: second.report,
  })
  expect(await eventsOf('ana')).toHaveLength(1_000)
})

test('of two processes at one import one gets on and the other is told, and no row is recorded twice', async () => {
  const rows = Array.from({ length: 1_200 }, (_, at) =>
    row(names[at % names.length] ?? 'ana', {
      given_at: new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString(),
    }),
  )
  const content = csv(...rows)
  const stop = new AbortController()
  await run(content, { signal: stop.signal, onProgress: () => stop.abort() })
  const both = await Promise.allSettled([run(content, { resume: true }), run(content, { resume: true })])
  const told = both.map((one) => (one.status === 'fulfilled' ? one.value.state : one.reason.code))
  expect(told.sort()).toEqual(['finished', 'import-taken-over'])
  const counts = await Promise.all(names.map(async (name) => (await eventsOf(name)).length))
  expect(counts).toEqual(names.map(() => 150))
})

test('what a person does here while their row is being judged is seen, and the batch is judged again', async () => {
  const subjectId = people.get('ana')!
  const kept = quarantineInMemory()
  let between = 0
  const { report } = await run(csv(row('ana'), row('bruno')), {
    quarantine: {
      keep: async (from, lines) => {
        between += 1
        // After judging and before writing; once, as it would be.
        if (between === 2) {
          await recordChoices(
            {
              ...shop.parts,
              sealer: imports.sealer,
              facts: { find: async (id) => (await imports.parts.people.known([id])).get(id)?.known },
            },
            shop.command(subjectId, [shop.choice('marketing.direct', 'email', 'no')]),
          )
        }
        return kept.quarantine.keep(from, lines)
      },
    },
  })
  expect(between).toBe(3)
  expect(report).toMatchObject({ rows: 2, given: 2 })
  expect(await eventsOf('ana')).toHaveLength(2)
  expect(await permissionOf('ana')).toMatchObject({ decision: 'DENY' })
  expect(await permissionOf('bruno')).toMatchObject({ decision: 'PERMIT' })
})

test('an import never speaks for a blocked person, and a file without its columns is refused before anything is done', async () => {
  await shop
    .owner('subjects')
    .where({ subject_id: people.get('ana') })
    .update({ state: 'blocked' })
  expect((await run(csv(row('ana')))).report.reasons).toEqual({ subject_not_active: 1 })
  await expect(run('email,purpose\na,b\n')).rejects.toMatchObject({
    code: 'import-columns-missing',
    detail: expect.stringContaining('given_at'),
  })
})

test('two accounts of one person in one batch are both kept, and each is decided with what the other said', async () => {
  const [ana, bruno] = ['ana', 'bruno'].map((name) => people.get(name)) as [SubjectId, SubjectId]
  const at = imports.parts.clock.now()
  const links = pgLinkStore(imports.lane)
  await links.add({
    linkId: imports.parts.entropy.id<'link'>(),
    kind: 'same-person',
    subjects: [ana, bruno],
    assurance: 'L2',
    rule: 'proven-in-store',
    confidence: 100,
    proof: {},
    assertedBy: 'system:test',
    at,
  })
  await links.keepClusters([{ canonical: ana, members: [ana, bruno] }], at)
  const said = csv(
    row('ana', { given_at: '2025-05-05T10:00:00Z' }),
    row('bruno', { answer: 'withdrawn', given_at: '2025-06-06T10:00:00Z' }),
    row('carmen'),
  )
  const done = await run(said)
  expect([done.state, done.report.rows, done.kept.lines()]).toEqual(['finished', 3, []])
  expect(await permissionOf('ana')).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  expect(await permissionOf('carmen')).toMatchObject({ decision: 'PERMIT' })
  const told = await shop.owner('outbox_events').where({ subject_id: bruno, type: 'consent.recorded' })
  const { consent_epoch: epoch } = await shop.owner('subjects').where({ subject_id: bruno }).first()
  expect(told.map(({ payload }) => payload.epoch)).toEqual([Number(epoch)])
})

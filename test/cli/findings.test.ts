import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { noticeFor, recordChoices, referenceTo } from '../../src/features/consent/index.ts'
import type { Evidence } from '../../src/kernel/evidence.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { environment, placet } from './run-placet.ts'

const decided = ['--officer', 'dpo@norte.example', '--reason', 'El proveedor no conserva las pruebas']

let app: TestApp
let owner: ReturnType<typeof openLane>
let root: string
let later = 0

beforeAll(async () => {
  app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
  owner = openLane(app.database.connection, 'findings-test', 2)
  root = await mkdtemp(join(tmpdir(), 'placet-findings-'))
  await commandHouse(app.house).staff.create({
    login: 'dpo@norte.example',
    displayName: 'DPO',
    roles: [{ role: 'dpo', touchpointId: undefined }],
  })
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
  if (root !== undefined) await rm(root, { recursive: true })
})

const run = (args: readonly string[]) =>
  placet([...args, '--json'], {
    env: { ...environment, DATABASE_URL: 'postgres://nobody@localhost/given-below' },
    root,
    openHouse: async () => ({ ...commandHouse(app.house), close: async () => undefined }),
  })
const idOf = async (email: string): Promise<SubjectId> => {
  const index = Buffer.from(app.house.platform.blindIndex.of('email', email))
  return (await owner('identifier_lookups').where({ blind_index: index }).first()).subject_id
}
/** What the decision says, and what is kept for exports. */
const answerFor = async (email: string) => {
  const subject = await idOf(email)
  const told = (await run(['explain', '--subject', subject, '--purpose', 'marketing.direct'])).json()
  const kept = await app.house.ledger.records.permissionsOf(subject)
  const row = kept.find(
    ({ purpose, contactChannel }) => purpose === 'marketing.direct' && contactChannel === 'email',
  )
  return [told.decision.reason, told.decision.ask, row?.reason]
}
const answer = async (email: string, said: 'yes' | 'no', evidence: Partial<Evidence> = {}) => {
  later += 1000
  const subjectId = await idOf(email)
  const notice = noticeFor(app.house.registry.current(), 'marketing.direct', 'es')
  if (notice === undefined) throw new Error('no notice')
  return recordChoices(app.house.ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'passkey' },
    evidence: { channel: 'web', surface: 'privacy-centre', language: 'es', ...evidence },
    idempotencyKey: app.house.platform.entropy.id(),
    controller: app.house.names.controller,
    brand: app.house.names.brand,
    choices: [
      { purpose: 'marketing.direct', contactChannel: 'email', answer: said, notice: referenceTo(notice) },
    ],
  })
}
const invalidate = (...args: string[]) => run(['consent', 'invalidate', ...args, ...decided])

describe('A batch of imported consents whose evidence was found worthless (V23)', () => {
  const people = ['irene', 'jaime', 'karla'].map((name) => `${name}@correo.example`)
  const [irene = '', jaime = '', karla = ''] = people
  let batch = ''

  beforeAll(async () => {
    const rows = people.map(
      (email) => `${email};sí;03/03/2026;"Sí, quiero ofertas por correo";archivo 3;full;email`,
    )
    await writeFile(
      join(root, 'batch.csv'),
      ['Correo;Acepta;Fecha;Texto;Nota;Prueba;Datos', ...rows].join('\r\n'),
    )
    const mapping = {
      source: 'old-shop',
      columns: {
        email: 'Correo',
        answer: 'Acepta',
        given_at: 'Fecha',
        text: 'Texto',
        evidence_reference: 'Nota',
        evidence_grade: 'Prueba',
        attributes: 'Datos',
      },
      constants: {
        purpose: 'marketing.direct',
        contact_channel: 'email',
        channel: 'paper',
      },
      answers: { sí: 'given' },
      zone: 'Europe/Madrid',
      dayFirst: true,
    }
    await writeFile(join(root, 'map.json'), JSON.stringify(mapping))
    const imported = await run(['import', 'consents', 'batch.csv', '--map', 'map.json', '--create-lite'])
    expect(imported.code, imported.err + imported.out).toBe(0)
    batch = imported.json().importId
    expect(await answerFor(irene)).toEqual(['CONSENT_GIVEN', false, 'CONSENT_GIVEN'])
    await answer(jaime, 'yes')
    await answer(karla, 'no')
    later += 1000
  })

  test('is counted first, and the rehearsal changes nothing', async () => {
    const before = await owner('consent_events').count().first()
    const rehearsed = await invalidate('--import', batch, '--dry-run')
    expect(rehearsed.code, rehearsed.err).toBe(0)
    expect(rehearsed.json()).toEqual({
      outcome: 'declared',
      dryRun: true,
      found: 3,
      people: 3,
      declared: 1,
      saidAgain: 1,
      stoodNoMore: 1,
      notActive: 0,
    })
    expect(await owner('consent_events').count().first()).toEqual(before)
    expect((await answerFor(irene))[0]).toBe('CONSENT_GIVEN')
  })

  test('permits nothing once declared; who said yes again in person, and who said no, stay as they said', async () => {
    const done = await invalidate('--import', batch)
    expect(done.json()).toMatchObject({ declared: 1, saidAgain: 1, stoodNoMore: 1 })
    expect(await answerFor(irene)).toEqual(['CONSENT_INVALIDATED', true, 'CONSENT_INVALIDATED'])
    expect((await answerFor(jaime))[0]).toBe('CONSENT_GIVEN')
    expect((await answerFor(karla))[0]).toBe('CONSENT_WITHDRAWN')
    const entries = (await owner('audit_entries').where({ stream_id: await idOf(irene) })).map(({ entry }) =>
      JSON.parse(entry),
    )
    expect(entries.filter(({ reason }) => reason === decided[3])).toMatchObject([
      { action: 'consent.recorded', facts: { decidedBy: expect.stringMatching(/^staff:/) } },
    ])
    const [whole] = await owner('audit_entries').where('entry', 'like', '%consent.finding-declared%')
    expect(JSON.parse(whole.entry)).toMatchObject({
      reason: decided[3],
      facts: { as: 'invalidated', selection: `import:${batch}`, declared: 1 },
    })
    const event = await owner('consent_events').where({ type: 'invalidated' }).first()
    expect(event).toMatchObject({ actor: 'controller', subject_id: await idOf(irene) })
  })

  test('is declared once, however often the command is given', async () => {
    const before = await owner('consent_events').where({ type: 'invalidated' }).count().first()
    expect((await invalidate('--import', batch)).json()).toMatchObject({ declared: 0, stoodNoMore: 2 })
    expect(await owner('consent_events').where({ type: 'invalidated' }).count().first()).toEqual(before)
  })

  test('does not keep the person from saying yes themselves afterwards', async () => {
    await answer(irene, 'yes')
    expect((await answerFor(irene))[0]).toBe('CONSENT_GIVEN')
  })
})

test('answers of one kiosk are told from those of another by their sealed evidence', async () => {
  const ana = 'ana@correo.example'
  await answer(ana, 'no')
  await answer(ana, 'yes', { channel: 'kiosk', surface: 'kiosk', touchpoint: 'kiosk-7' })
  expect((await invalidate('--touchpoint', 'kiosk-8')).json()).toMatchObject({ found: 0, declared: 0 })
  expect((await answerFor(ana))[0]).toBe('CONSENT_GIVEN')
  const soon = new Date(Date.now() + later + 60_000).toISOString()
  expect((await invalidate('--touchpoint', 'kiosk-7', '--from', soon)).json()).toMatchObject({ found: 0 })
  later += 1000
  expect((await invalidate('--touchpoint', 'kiosk-7')).json()).toMatchObject({ found: 1, declared: 1 })
  expect((await answerFor(ana))[0]).toBe('CONSENT_INVALIDATED')
})

test('one act is named by its id; a wording no longer relied on is revoked, and people may be asked again', async () => {
  const ana = 'ana@correo.example'
  const said = await answer(ana, 'yes')
  if (said.outcome !== 'recorded') throw new Error(said.outcome)
  later += 1000
  const [eventId = ''] = said.eventIds
  expect((await invalidate('--act', eventId)).json()).toMatchObject({ found: 1, declared: 1 })
  await answer(ana, 'yes')
  later += 1000
  const notice = noticeFor(app.house.registry.current(), 'marketing.direct', 'es')
  const wording = ['--notice', notice?.id ?? '', '--notice-version', String(notice?.version)]
  const revoked = await run(['consent', 'revoke', ...wording, ...decided])
  expect(revoked.json().declared).toBeGreaterThan(0)
  expect(await answerFor(ana)).toEqual(['CONSENT_REVOKED', true, 'CONSENT_REVOKED'])
})

test('nothing is declared for nobody in particular, by nobody, or by whoever is no officer', async () => {
  const codeOf = async (args: readonly string[]) => (await run(args)).json().error.code
  expect(await codeOf(['consent', 'invalidate', ...decided])).toBe('invalid-input')
  expect(await codeOf(['consent', 'invalidate', '--act', 'x', ...decided])).toBe('invalid-input')
  const both = ['consent', 'invalidate', '--touchpoint', 'a', '--notice', 'b', ...decided]
  expect(await codeOf(both)).toBe('invalid-input')
  const stranger = ['consent', 'invalidate', '--touchpoint', 'a', '--officer', 'ana', '--reason', 'x']
  expect(await codeOf(stranger)).toBe('officer-unknown')
  const silent = ['consent', 'invalidate', '--touchpoint', 'a', '--officer', 'dpo@norte.example']
  expect(await codeOf([...silent, '--reason', ' '])).toBe('reason-missing')
})

test('a move is noted by hand with its reason, and old answers are judged by the new law', async () => {
  const ana = 'ana@correo.example'
  await answer(ana, 'yes')
  const moved = await run(['subject', 'move', ana, '--to', 'de', '--reason', 'Por teléfono'])
  expect(moved.json()).toEqual({ outcome: 'moved' })
  expect((await answerFor(ana))[0]).toBe('DOUBLE_OPT_IN_MISSING')
  const again = await run(['subject', 'move', ana, '--to', 'DE', '--reason', 'Por teléfono'])
  expect(again.json()).toEqual({ outcome: 'unchanged' })
  const nowhere = await run(['subject', 'move', ana, '--to', 'Marte', '--reason', 'x'])
  expect(nowhere.json().error.code).toBe('jurisdiction-unknown')
})

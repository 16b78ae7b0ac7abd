import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { environment, placet } from './run-placet.ts'

const day = 86_400_000
const ana = 'ana@correo.example'
const carmen = 'carmen@correo.example'
const decided = ['--officer', 'dpo@norte.example', '--reason', 'Solicitud 2026-114, apartado 3']

let app: TestApp
let owner: ReturnType<typeof openLane>
let later = 0

beforeAll(async () => {
  app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
  owner = openLane(app.database.connection, 'subject-test', 2)
  for (const [login, role] of [
    ['dpo@norte.example', 'dpo'],
    ['admin@norte.example', 'admin'],
  ] as const) {
    await house().staff.create({ login, displayName: role, roles: [{ role, touchpointId: undefined }] })
  }
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const house = () => commandHouse(app.house)
const run = (args: readonly string[], input = '') =>
  placet([...args, '--json'], {
    env: { ...environment, DATABASE_URL: 'postgres://nobody@localhost/given-below' },
    input,
    openHouse: async () => ({ ...house(), close: async () => undefined }),
  })

const idOf = async (email: string): Promise<string> => {
  const index = Buffer.from(app.house.platform.blindIndex.of('email', email))
  return String((await owner('identifier_lookups').where({ blind_index: index }).first()).subject_id)
}
const answerFor = async (email: string, purpose = 'marketing.direct') =>
  (await run(['explain', '--subject', await idOf(email), '--purpose', purpose])).json().decision.reason
const trail = async (email: string, action: string) =>
  (
    await owner('audit_entries')
      .where({ stream_id: await idOf(email) })
      .orderBy('seq')
  )
    .map(({ entry }) => JSON.parse(entry))
    .filter((entry) => entry.action === action)

describe('Restricting (GDPR Art. 18)', () => {
  const scope = ['--scope', 'marketing.*']

  test('is decided by the officer: the trail names the command line, the officer and the reason (R100)', async () => {
    expect(await answerFor(ana)).toBe('CONSENT_GIVEN')
    const done = await run(['subject', 'restrict', ana, ...scope, '--ground', 'accuracy', ...decided])
    expect(done.code, done.err).toBe(0)
    expect(await answerFor(ana)).toBe('RESTRICTED')
    const [entry] = (await trail(ana, 'consent.recorded')).slice(-1)
    expect(entry).toMatchObject({
      actor: 'system:cli',
      surface: 'command-line',
      reason: 'Solicitud 2026-114, apartado 3',
      facts: { receiptId: done.json().receiptId, decidedBy: expect.stringMatching(/^staff:/) },
    })
    // Who decided is sealed with the evidence as well, and is part of what the log commits to.
    const sealed = await owner('consent_events').where({ type: 'restriction_set' }).first()
    const place = { table: 'consent_events', column: 'sealed_evidence', row: sealed.event_id }
    const text = await app.house.sealer.openText(sealed.subject_id, place, sealed.sealed_evidence)
    expect(JSON.parse(text).particulars).toMatchObject({
      ground: 'accuracy',
      decidedBy: entry.facts.decidedBy,
      decidedBecause: 'Solicitud 2026-114, apartado 3',
    })
  })

  test('is refused for a login that is no officer, without a reason, and for a scope that reaches nothing', async () => {
    const asked = ['subject', 'restrict', ana, ...scope, '--ground', 'accuracy']
    const admin = await run([...asked, '--officer', 'admin@norte.example', '--reason', 'Porque sí'])
    expect([admin.code, admin.json().error.code]).toEqual([1, 'officer-unknown'])
    const silent = await run([...asked, '--officer', 'dpo@norte.example', '--reason', ' '])
    expect(silent.json().error.code).toBe('reason-missing')
    expect((await run([...asked, '--officer', 'dpo@norte.example'])).code).toBe(2)
    const nowhere = ['subject', 'restrict', ana, '--scope', 'nothing.*', '--ground', 'accuracy', ...decided]
    expect((await run(nowhere)).json().error).toMatchObject({
      code: 'restriction-scope',
      fix: expect.stringContaining('attr:'),
    })
    const stranger = ['subject', 'restrict', 'nadie@correo.example', ...scope, '--ground', 'accuracy']
    expect((await run([...stranger, ...decided])).json().error.code).toBe('subject-unknown')
  })

  test('ends only after the person was told, three days before (18(3))', async () => {
    const lift = ['subject', 'lift-restriction', ana, ...scope, ...decided]
    expect((await run(lift)).json().error.code).toBe('person-not-told')
    const before = app.outbox.messages.length
    const announced = await run(['subject', 'announce-lift', ana, ...scope, ...decided])
    expect(announced.code, announced.err).toBe(0)
    expect(app.outbox.messages.slice(before)).toMatchObject([{ recipients: [ana] }])
    expect(await trail(ana, 'consent.restriction-lift-told')).toMatchObject([
      { reason: 'Solicitud 2026-114, apartado 3', facts: { decidedBy: expect.stringMatching(/^staff:/) } },
    ])
    expect((await run(lift)).json().error.code).toBe('person-not-told')
    later += 3 * day + 1000
    const lifted = await run(lift)
    expect(lifted.code, lifted.err).toBe(0)
    expect(await answerFor(ana)).toBe('CONSENT_GIVEN')
  })
})

describe('An objection', () => {
  test('to advertising is overridden by nobody, and grounds nobody weighed are refused (21(1), 21(3))', async () => {
    const override = ['subject', 'override-objection', carmen, '--purpose']
    const long = 'Tres devoluciones de cargo en una semana desde el mismo dispositivo.'
    const absolute = await run([...override, 'marketing.direct', '--grounds', '-', ...decided], long)
    expect(absolute.json().error.code).toBe('objection-absolute')
    const short = await run([...override, 'personalisation.onsite', '--grounds', 'porque sí', ...decided])
    expect(short.json().error.code).toBe('grounds-missing')
    const none = await run([...override, 'personalisation.onsite', '--grounds', '-', ...decided], long)
    expect(none.json().error).toMatchObject({ code: 'no-objection' })
  })
})

describe('A court order', () => {
  test('stops advertising everywhere, and only the officer ends it', async () => {
    const stop = ['subject', 'suppress', ana, '--because', 'court', '--source', 'juzgado-3']
    expect((await run(stop)).json()).toEqual({ outcome: 'recorded' })
    expect((await run(stop)).json()).toEqual({ outcome: 'unchanged' })
    expect(await answerFor(ana)).toBe('SUPPRESSED_INTERNAL')
    expect((await run(['subject', 'lift-suppression', ana])).code).toBe(2)
    const elsewhere = ['subject', 'lift-suppression', ana, '--channel', 'sms', ...decided]
    expect((await run(elsewhere)).json()).toEqual({ outcome: 'unchanged' })
    expect((await run(['subject', 'lift-suppression', ana, ...decided])).json()).toEqual({
      outcome: 'recorded',
    })
    expect(await answerFor(ana)).toBe('CONSENT_GIVEN')
    expect(await trail(ana, 'consent.suppression-lifted')).toMatchObject([
      { actor: 'system:cli', reason: 'Solicitud 2026-114, apartado 3' },
    ])
  })

  test('of one address leaves others free, and one that is not theirs is refused', async () => {
    const stop = ['subject', 'suppress', ana, '--channel', 'email', '--because', 'hard_bounce']
    const wrong = await run([...stop, '--source', 'esp', '--address', 'otra@correo.example'])
    expect(wrong.json().error.code).toBe('contact-point-unknown')
    const done = await run([...stop, '--source', 'esp', '--address', 'ANA@correo.example'])
    expect(done.json()).toEqual({ outcome: 'recorded' })
    const row = await owner('suppressions').whereNull('lifted_at').first()
    expect(row.contact_point).not.toBeNull()
  })
})

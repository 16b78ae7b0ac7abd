import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { draftPurpose, objectToPurpose } from '../../src/features/consent/index.ts'
import { parseId } from '../../src/kernel/ids.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { environment, placet } from './run-placet.ts'

let app: TestApp
let later = 0
beforeAll(async () => {
  app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
})
afterAll(() => app?.close())

const run = (args: readonly string[], input = '') =>
  placet([...args, '--json'], {
    env: { ...environment, DATABASE_URL: 'postgres://nobody@localhost/given-below' },
    input,
    openHouse: async () => ({ ...commandHouse(app.house), close: async () => undefined }),
  })

const purpose = {
  id: 'fraud.prevention',
  class: 'security',
  bases: ['legitimate_interest'],
  attributes: ['email'],
  contactChannels: ['none'],
  recipients: ['tienda-norte-shop'],
  retention: { es: 'Un año', en: 'One year' },
  howToStop: { es: 'En tu centro de privacidad', en: 'In your privacy centre' },
  dpv: 'https://w3id.org/dpv#FraudPreventionAndDetection',
  change: 'material',
  assessment: { approved: true, reviewBy: '2030-01-01T00:00:00Z', reference: 'LIA-7' },
}
const document = JSON.stringify({
  purpose,
  notices: [
    {
      id: 'fraud-prevention',
      version: 1,
      language: 'es',
      title: 'Evitar el fraude',
      summary: 'Comercial Norte, S. L. mira los pagos para evitar el fraude.',
      text: 'Comercial Norte, S. L. compara tu correo con pagos que fueron devueltos. Puedes oponerte en tu centro de privacidad.',
    },
  ],
})

test('a purpose is previewed, published, objected to, prevails by grounds that somebody weighed, and is retired', async () => {
  const before = (await run(['purpose', 'list'])).json()
  const shown = await run(['purpose', 'preview', '-'], document)
  expect(shown.code, shown.err).toBe(0)
  expect(shown.json()).toMatchObject([
    { language: 'es', version: 1, title: 'Evitar el fraude', changed: false, asked: [] },
  ])
  expect((await run(['purpose', 'list'])).json()).toEqual(before)

  const published = await run(['purpose', 'publish', '-', '--despite-findings'], document)
  expect(published.code, published.err).toBe(0)
  const staff = await run(['staff', 'create', 'dpo@norte.example', '--name', 'Eva', '--role', 'dpo'])
  expect(staff.code).toBe(0)

  const index = app.house.platform.blindIndex.of('email', 'bruno@correo.example')
  const subjectId = await app.house.reads.identifiers.findSubject(index)
  if (subjectId === undefined) throw new Error('no Bruno')
  const system = (await run(['explain', '--subject', subjectId, '--purpose', purpose.id])).json()
  const { controller, brand } = app.house.names
  const objected = await objectToPurpose(app.house.ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'password' },
    evidence: { channel: 'web', surface: 'privacy', language: 'es' },
    idempotencyKey: 'bruno-objects',
    controller,
    brand,
    purpose: purpose.id,
  })
  expect(objected.outcome).toBe('recorded')
  later += 1000
  const reason = async () =>
    (await run(['explain', '--subject', subjectId, '--purpose', purpose.id])).json().decision.reason
  expect([system.decision.reason, await reason()]).toEqual(['LEGITIMATE_INTEREST', 'OBJECTED'])
  const grounds = 'Tres devoluciones de cargo en una semana desde el mismo dispositivo.'
  const override = ['subject', 'override-objection', subjectId, '--purpose', purpose.id, '--grounds', '-']
  const overridden = await run(
    [...override, '--officer', 'dpo@norte.example', '--reason', 'Ponderación LIA-7'],
    grounds,
  )
  expect(overridden.code, overridden.err).toBe(0)
  expect(parseId(overridden.json().receiptId)).toBeDefined()
  later += 1000
  expect(await reason()).toBe('LEGITIMATE_INTEREST')

  expect((await run(['purpose', 'retire', purpose.id, '--reason', ' '])).json().error.code).toBe(
    'reason-missing',
  )
  const retired = await run(['purpose', 'retire', purpose.id, '--reason', 'Lo hace el banco'])
  expect(retired.code, retired.err).toBe(0)
  expect(await reason()).toBe('PURPOSE_RETIRED')
})

test('a draft is given up, its number is spent, and there is nothing to discard then', async () => {
  const { consoleWork: work, platform } = app.house
  const draft = {
    ...purpose,
    id: 'survey.yearly',
    class: 'analytics',
    bases: ['consent'],
    contactChannels: ['none'],
    change: 'material',
  } as const
  const { assessment: _, ...asked } = draft
  const actor = { kind: 'system', name: 'test' } as const
  const version = await draftPurpose({ work, clock: platform.clock }, { actor, draft: asked })
  const discarded = await run(['purpose', 'discard', 'survey.yearly'])
  expect(discarded.json()).toEqual({ purpose: 'survey.yearly', version })
  expect((await run(['purpose', 'discard', 'survey.yearly'])).json().error.code).toBe('purpose-draft-missing')
})

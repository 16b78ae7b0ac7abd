import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordPurchase, refreshExclusionChecks } from '../../src/features/consent/index.ts'
import { parsePhoneNumber } from '../../src/features/identity/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { environment, placet, urlOf } from '../cli/run-placet.ts'
import { startOutsideServices } from '../connectors/outside-services.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

/** The house as an operator configures it: nothing is handed to it but variables. */
let outside: Awaited<ReturnType<typeof startOutsideServices>>
let app: TestApp
let owner: ReturnType<typeof openLane>
let later = 0
const day = 86_400_000
/** The second subscription begins in ten days. */
const from = new Date(Date.now() + 10 * day).toISOString().slice(0, 10)

beforeAll(async () => {
  outside = await startOutsideServices()
  app = await startTestApp({
    people: true,
    clock: { now: () => new Date(Date.now() + later) },
    environment: { ...outside.environment, PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_FROM: from },
  })
  owner = openLane(app.database.connection, 'outside-test', 1)
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
  await outside?.close()
})

test('the worker’s job asks the configured lists about customers, each from its first day on (LOPDGDD art. 23)', async () => {
  const { names, reads, platform, recording } = app.house
  const subjectId = await reads.identifiers.findSubject(platform.blindIndex.of('email', 'ana@correo.example'))
  if (subjectId === undefined) throw new Error('no Ana')
  await recordPurchase(recording.circumstances, {
    subjectId,
    actor: { kind: 'system', name: 'test' },
    purchaseId: platform.entropy.id(),
    controller: names.controller,
    category: 'fashion',
    optOutOffered: true,
    boughtAt: new Date(Date.now() - day),
  })
  expect(await refreshExclusionChecks(recording.exclusion)).toMatchObject({ people: 1 })
  expect(new Set(outside.heard.map(({ path }) => path))).toEqual(new Set(['/v1/consultas']))
  expect(JSON.stringify(outside.heard)).not.toContain('ana@')
  expect(outside.heard[0]).toMatchObject({ body: { empresa: 'B12345678' } })
  later = 11 * day
  await refreshExclusionChecks(recording.exclusion)
  expect(outside.heard.at(-1)).toMatchObject({ path: '/api/check', headers: { 'x-client-id': 'norte' } })
  const checks = await owner('exclusion_checks').where({ subject_id: subjectId })
  expect(new Set(checks.map(({ list }) => list))).toEqual(new Set(['robinson', 'stop_publicidad']))
})

test('a confirmation by text message leaves through the configured gateway, and through no mail', async () => {
  const number = parsePhoneNumber('+34600111222')
  if (number === undefined) throw new Error('no number')
  const mails = app.outbox.messages.length
  outside.heard.length = 0
  const sent = await app.house.recording.confirmations.messages.askConfirmation(
    { kind: 'phone', number },
    { language: 'es', purposes: ['Ofertas'], token: 'x', expiresAt: new Date(), reminder: false },
  )
  expect(sent.messageId).toMatch(/^gateway-/)
  expect(outside.heard).toMatchObject([
    { path: '/messages', body: { to: '+34600111222', text: expect.stringContaining('/confirm/x') } },
  ])
  expect(app.outbox.messages).toHaveLength(mails)
})

interface Told {
  readonly name: string
  readonly ok: boolean
  readonly says?: string
  readonly cause?: string
  readonly warning?: string
}
/** What `placet doctor` says of the services of others. */
const doctor = async (more: Readonly<Record<string, string>>, terminal = false) => {
  const env = { ...environment, DATABASE_URL: urlOf(app.database.appConnection), ...more }
  const { checks } = (await placet(['doctor', '--json'], { env })).json() as { checks: readonly Told[] }
  const words = terminal ? (await placet(['doctor'], { env })).out : ''
  return { told: checks.filter(({ name }) => /^(exclusion list|text)/.test(name)), words }
}

test('doctor asks each service that is set, sends no message, and says what is wrong with it', async () => {
  outside.heard.length = 0
  const well = await doctor(outside.environment)
  expect(well.told.map(({ name, ok }) => [name, ok])).toEqual([
    ['exclusion list robinson', true],
    ['exclusion list stop_publicidad', true],
    ['text messages', true],
  ])
  expect(outside.heard.filter(({ path, method }) => path === '/messages' && method === 'POST')).toEqual([])
  const wrong = await doctor({
    ...outside.environment,
    PLACET_EXCLUSION_LISTS_ROBINSON_KEY: 'another',
    PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_FROM: from,
    PLACET_SMS_TOKEN: 'another',
  })
  expect(wrong.told).toMatchObject([
    { ok: false, cause: expect.stringContaining('did not answer') },
    { ok: true, says: `asked from ${from} on` },
    { ok: false, cause: expect.stringContaining('401') },
  ])
})

test('in production doctor warns of purposes whose yes by text could never count, and of nothing where texts leave', async () => {
  expect((await doctor({})).told).toEqual([])
  const production = { NODE_ENV: 'production', PLACET_ISSUER: 'http://localhost:3000' }
  const mail = { SMTP_URL: app.outbox.url, PLACET_MAIL_FROM: 'hola@tiendanorte.example' }
  const { told, words } = await doctor({ ...production, ...mail }, true)
  expect(told).toMatchObject([
    {
      ok: true,
      says: expect.stringContaining('marketing.direct'),
      warning: expect.stringContaining('PLACET_SMS_URL'),
    },
  ])
  expect(words).toMatch(/^! text messages: no gateway/m)
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { openPool } from '../../../src/platform/db/pool.ts'
import { createEgress, type Egress } from '../../../src/platform/egress/index.ts'
import { createPgLimiter } from '../../../src/platform/limits/index.ts'
import { createHttpSms, type SmsGateway } from '../../../src/platform/sms/index.ts'
import { startOutsideServices } from '../../connectors/outside-services.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

let outside: Awaited<ReturnType<typeof startOutsideServices>>
let database: TestDatabase
let pool: ReturnType<typeof openPool>
let egress: Egress
let sms: SmsGateway
let strangers: SmsGateway

beforeAll(async () => {
  outside = await startOutsideServices()
  database = await createTestDatabase()
  pool = openPool(database.appConnection, 'sms-test', 2, () => undefined)
  egress = createEgress({ allow: [outside.origin] })
  const limiter = createPgLimiter({
    db: pool,
    key: new Uint8Array(32),
    clock: { now: () => new Date() },
    onFallback: () => undefined,
    onRefusal: () => undefined,
  })
  const parts = { egress, limiter, entropy: systemEntropy }
  const settings = {
    url: new URL(`${outside.origin}/messages`),
    token: 'token-of-the-gateway',
    sender: 'TiendaNorte',
    countries: ['ES', 'PT'],
  }
  sms = createHttpSms(parts, settings)
  strangers = createHttpSms(parts, { ...settings, token: 'another' })
})
afterAll(async () => {
  await egress?.close()
  await pool?.end()
  await database?.drop()
  await outside?.close()
})
beforeEach(() => {
  outside.heard.length = 0
  outside.faults.clear()
})

const message = (to: string) => ({
  to,
  text: 'Confirma: https://id.example/confirm/x',
  kind: 'confirm-consent',
})

test('a message is handed over once, from whom the operator said, and known by the gateway’s name for it', async () => {
  const name = await sms.send(message('+34600111222'))
  expect(name).toMatch(/^gateway-/)
  expect(outside.heard).toMatchObject([
    {
      method: 'POST',
      headers: { authorization: 'Bearer token-of-the-gateway', 'idempotency-key': expect.any(String) },
      body: { to: '+34600111222', from: 'TiendaNorte', text: 'Confirma: https://id.example/confirm/x' },
    },
  ])
})

describe('Nobody can spend the house’s money (R69)', () => {
  test.each([
    ['a premium number', '+34806123456', 'sms-number'],
    ['a landline', '+34910123456', 'sms-number'],
    ['no number', 'javascript:1', 'sms-number'],
    ['a number as typed, not in E.164', '+34 600 111 222', 'sms-number'],
    ['a country nobody said', '+4915112345678', 'sms-country'],
  ])('%s is refused before the gateway is asked', async (_, to, code) => {
    await expect(sms.send(message(to))).rejects.toMatchObject({ code })
    expect(outside.heard).toEqual([])
  })

  test('one number gets three in an hour, however parallel, and another country that was named gets its own', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => sms.send(message('+34611000111'))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(outside.heard).toHaveLength(3)
    await sms.send(message('+351912345678'))
  })

  test('a range of consecutive numbers is stopped when each of them is new', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => `+34622333${String(100 + index)}`)
    const tries = await Promise.allSettled(numbers.map((to) => sms.send(message(to))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    await sms.send(message('+34633444100'))
  })
})

test('what was not taken over was not sent: a refused token, a fault, a gateway that is gone', async () => {
  await expect(strangers.send(message('+34644000001'))).rejects.toMatchObject({ code: 'sms-not-sent' })
  outside.faults.set('/messages', 503)
  await expect(sms.send(message('+34644000002'))).rejects.toMatchObject({
    code: 'sms-not-sent',
    failure: 'unavailable',
  })
  const gone = createHttpSms(
    { egress, limiter: { consume: async () => undefined }, entropy: systemEntropy },
    { url: new URL('https://169.254.169.254/'), token: 't', sender: 'x', countries: ['ES'] },
  )
  await expect(gone.send(message('+34644000003'))).rejects.toMatchObject({ code: 'sms-not-sent' })
})

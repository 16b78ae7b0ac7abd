import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deriveKeys, environmentKek, generateSigningKey } from '../../src/platform/crypto/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { checkSecret } from '../../src/platform/db/secret-mark.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { environment, placet, urlOf } from './run-placet.ts'

let database: TestDatabase
let smtp: SMTPServer
let smtpUrl: string
const kek = environmentKek([Buffer.from(environment['PLACET_KEK'] ?? '', 'base64')])
const day = 86_400_000

beforeAll(async () => {
  database = await createTestDatabase()
  smtp = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const address = smtp.server.address()
  smtpUrl = `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  await keepKey(10)
  const lane = openLane(database.appConnection, 'test', 1)
  const secret = Buffer.from(environment['PLACET_SECRET'] ?? '', 'base64')
  await checkSecret(lane, deriveKeys([secret]))
  await lane.destroy()
})
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
  await database.drop()
})

/** A signing key that has been signing for some days. */
async function keepKey(days: number, wrappedBy = kek) {
  const since = new Date(Date.now() - days * day)
  const key = await generateSigningKey(wrappedBy, 'ES256', since)
  const knex = openLane(database.connection, 'test', 1)
  await knex('signing_keys').delete()
  await knex('signing_keys').insert({
    kid: key.kid,
    algorithm: key.algorithm,
    state: 'active',
    created_at: since,
    since,
    public_jwk: JSON.stringify(key.publicJwk),
    wrapped_private_jwk: key.wrappedPrivateJwk,
    kek_id: key.kekId,
  })
  await knex.destroy()
}

const healthy = () => ({ ...environment, DATABASE_URL: urlOf(database.appConnection), SMTP_URL: smtpUrl })
const doctor = async (env: Record<string, string | undefined>) => {
  const answer = await placet(['doctor', '--json'], { env })
  const { ok, checks } = answer.json() as {
    ok: boolean
    checks: { name: string; ok: boolean; cause?: string; fix?: string }[]
  }
  return { code: answer.code, ok, checks, wrong: checks.filter((check) => !check.ok) }
}

test('everything is right: a ✔ for each and exit 0', async () => {
  const { code, checks, wrong } = await doctor(healthy())
  expect(wrong).toEqual([])
  expect(code).toBe(0)
  expect(checks.map(({ name }) => name)).toEqual([
    'configuration',
    'issuer',
    'passkey origins',
    'database',
    'database encoding',
    'database role',
    'migrations',
    'clock',
    'master secret',
    'signing keys',
    'key-encryption key',
    'mail',
  ])
  const { out } = await placet(['doctor'], { env: healthy() })
  expect(out.match(/^✔/gm)).toHaveLength(checks.length)
})

const sick: readonly [string, string, () => Record<string, string | undefined>][] = [
  ['a database that does not answer', 'database', () => ({ DATABASE_URL: 'postgres://x@127.0.0.1:1/x' })],
  [
    'a superuser as the role of the service (R120)',
    'database role',
    () => ({ DATABASE_URL: urlOf(database.connection) }),
  ],
  ['an issuer that is an address', 'passkey origins', () => ({ PLACET_ISSUER: 'http://127.0.0.1:3000' })],
  [
    'another key-encryption key than the one in use',
    'key-encryption key',
    () => ({ PLACET_KEK: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=' }),
  ],
  [
    'another master secret than the one the database was begun with',
    'master secret',
    () => ({ PLACET_SECRET: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=' }),
  ],
  ['mail that nobody takes', 'mail', () => ({ SMTP_URL: 'smtp://127.0.0.1:1' })],
  ['no mail at all', 'mail', () => ({ SMTP_URL: undefined })],
]

test.each(sick)('%s is a ✖ with its cause and a fix, and exits 1', async (_, name, change) => {
  const { code, ok, wrong } = await doctor({ ...healthy(), ...change() })
  expect(wrong.map((check) => check.name)).toEqual([name])
  expect(wrong[0]?.cause).toMatch(/\S/)
  expect(wrong[0]?.fix).toMatch(/\S/)
  expect({ code, ok }).toEqual({ code: 1, ok: false })
})

test('a refused configuration is told line by line instead of a stack', async () => {
  const { wrong } = await doctor({
    ...healthy(),
    PLACET_KEK: 'short',
    PLACET_ISSUER: 'http://id.example.com',
  })
  expect(wrong.every(({ name }) => name === 'configuration')).toBe(true)
  expect(wrong.map(({ cause }) => cause).join()).toMatch(/PLACET_ISSUER must be https[\s\S]*PLACET_KEK/)
})

test('no signing key, and one that has signed for too long, are told apart (R37)', async () => {
  await keepKey(120)
  const old = await doctor(healthy())
  expect(old.wrong).toMatchObject([{ name: 'signing keys', cause: expect.stringContaining('120 days') }])
  const knex = openLane(database.connection, 'test', 1)
  await knex('signing_keys').delete()
  await knex.destroy()
  const none = await doctor(healthy())
  expect(none.wrong).toMatchObject([{ name: 'signing keys', cause: 'No key signs.' }])
})

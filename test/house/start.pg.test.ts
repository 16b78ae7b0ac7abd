import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { migrateToLatest } from '../../src/platform/db/migrate.ts'
import { createTestDatabase, type DatabaseCoordinates, type TestDatabase } from '../support/postgres.ts'

const root = join(import.meta.dirname, '..', '..')
const dist = join(root, 'dist', 'src')
const running = new Set<ChildProcess>()
let database: TestDatabase
let empty: string

const key = () => randomBytes(32).toString('base64')
/** One for the whole file: the keys in the database are sealed with it. */
const kek = key()
const secret = key()
const urlOf = ({ host, port, user, database: name }: DatabaseCoordinates) =>
  `postgres://${user}@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const asSuperuser = async (text: string, name = 'postgres') => {
  const client = new pg.Client({ ...inject('databaseCluster'), database: name })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

beforeAll(async () => {
  const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { encoding: 'utf8' })
  expect(built.status, built.stderr).toBe(0)
  database = await createTestDatabase()
  empty = `empty_${randomBytes(6).toString('hex')}`
  await asSuperuser(`create database ${empty}`)
}, 120_000)

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

afterAll(async () => {
  await asSuperuser(`drop database if exists ${empty} with (force)`)
  await database?.drop()
})

/** Starts a process with these variables and no others. */
function start(env: Record<string, string>, role: 'main' | 'worker' = 'main') {
  const child = spawn(process.execPath, [join(dist, `${role}.js`)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child)
    return { code: code as number | null, signal: signal as string | null, out, err }
  })
  return { child, ended, said: () => out }
}

const inProduction = (): Record<string, string> => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  PLACET_MANAGEMENT_PORT: '0',
  PLACET_ISSUER: 'https://id.tienda.example',
  DATABASE_URL: urlOf(database.appConnection),
  PLACET_KEK: kek,
  PLACET_SECRET: secret,
  SMTP_URL: 'smtps://mail.tienda.example:465',
  PLACET_MAIL_FROM: 'hola@tienda.example',
})

/** On this machine, where the embedded database of the tests is allowed. */
const toTry = (): Record<string, string> => ({
  ...inProduction(),
  NODE_ENV: 'development',
  PLACET_ISSUER: 'http://localhost:3000',
})

describe('a process that must not start says what to set, and ends with 1 (R120)', () => {
  const refusals: readonly [
    why: string,
    env: () => Promise<Record<string, string>>,
    says: readonly RegExp[],
  ][] = [
    [
      'with nothing set',
      async () => ({ NODE_ENV: 'production' }),
      [/PLACET_ISSUER/, /DATABASE_URL/, /PLACET_KEK/, /PLACET_SECRET/, /SMTP_URL/, /PLACET_MAIL_FROM/],
    ],
    [
      'on plain http where others can reach it',
      async () => ({ ...inProduction(), NODE_ENV: 'development', PLACET_ISSUER: 'http://id.tienda.example' }),
      [/PLACET_ISSUER must be https/],
    ],
    [
      'with the keys of the demo',
      async () => ({
        ...inProduction(),
        PLACET_KEK: publishedSecret('placet demo kek'),
        PLACET_SECRET: publishedSecret('placet demo secret'),
      }),
      [/PLACET_KEK .*published with the demo/, /PLACET_SECRET .*published with the demo/],
    ],
    [
      'as a superuser',
      async () => ({ ...toTry(), DATABASE_URL: urlOf(database.connection) }),
      [/superuser/, /Set DATABASE_URL to a role of its own/],
    ],
    ['on the embedded database', async () => inProduction(), [/embedded/, /set DATABASE_URL/i]],
    [
      'on a database that was never migrated',
      async () => ({ ...toTry(), DATABASE_URL: urlOf({ ...database.appConnection, database: empty }) }),
      [/pending/, /DATABASE_OWNER_URL/, /migrate/],
    ],
    [
      'as the owner of the tables',
      async () => {
        const owner = `owner_${randomBytes(4).toString('hex')}`
        const name = `db_${owner}`
        await asSuperuser(`create role ${owner} login createrole`)
        await asSuperuser(`create database ${name} owner ${owner}`)
        await asSuperuser(`grant all on schema public to ${owner}`, name)
        const connection = { ...database.connection, database: name, user: owner }
        await migrateToLatest(connection)
        return { ...toTry(), DATABASE_URL: urlOf(connection) }
      },
      [/owns the tables/, /Set DATABASE_URL/],
    ],
    [
      'on a database that does not answer',
      async () => ({ ...toTry(), DATABASE_URL: `postgres://placet@127.0.0.1:${await freePort()}/placet` }),
      [/DATABASE_URL/],
    ],
    [
      'with a file of secrets that is not there',
      async () => ({ ...toTry(), PLACET_KEK: '', PLACET_KEK_FILE: '/nowhere/kek' }),
      [/PLACET_KEK_FILE/],
    ],
    [
      'on a port that is taken',
      async () => {
        const taken = createServer().listen(0, '127.0.0.1')
        await once(taken, 'listening')
        taken.unref()
        const { port } = taken.address() as { port: number }
        return { ...toTry(), PORT: String(port), PLACET_ISSUER: `http://localhost:${port}` }
      },
      [/PORT/],
    ],
  ]

  it.each(refusals)(
    '%s',
    async (_, env, says) => {
      const { ended } = start(await env())
      const { code, err, out } = await Promise.race([
        ended,
        sleep(20_000, { code: 'still running', err: '', out: '' }),
      ])
      expect(code, err).toBe(1)
      expect(err).toMatch(/^Placet does not start\./)
      for (const word of says) expect(err).toMatch(word)
      expect(err, 'a sentence, not a stack').not.toMatch(/^\s+at .*:\d+:\d+/m)
      expect(out).not.toContain('process.ready')
    },
    40_000,
  )

  it('with a key-encryption key that opens nothing of what is there', async () => {
    const good = toTry()
    const first = start(good)
    await expect.poll(first.said, { timeout: 20_000 }).toContain('process.ready')
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    const { code, err } = await start({ ...good, PLACET_KEK: key() }).ended
    expect(code, err).toBe(1)
    expect(err).toMatch(/PLACET_KEK/)
    expect(err).not.toMatch(/^\s+at .*:\d+:\d+/m)
  }, 60_000)

  it('the worker holds to the same', async () => {
    const { code, err } = await start({ NODE_ENV: 'production' }, 'worker').ended
    expect(code).toBe(1)
    expect(err).toMatch(/DATABASE_URL is missing/)
    const { code: again, err: superuser } = await start(
      { ...toTry(), DATABASE_URL: urlOf(database.connection) },
      'worker',
    ).ended
    expect(again).toBe(1)
    expect(superuser).toMatch(/superuser/)
  }, 40_000)
})

describe('a process that is told to end', () => {
  it('finishes what it was asked, takes on nothing new, and is gone in time (P9)', async () => {
    const port = await freePort()
    const management = await freePort()
    const env = {
      ...toTry(),
      PORT: String(port),
      PLACET_MANAGEMENT_PORT: String(management),
      PLACET_ISSUER: `http://localhost:${port}`,
    }
    const { child, ended, said } = start(env)
    await expect.poll(said, { timeout: 20_000 }).toContain('process.ready')
    expect((await fetch(`http://127.0.0.1:${management}/health/ready`)).status).toBe(200)

    const slow = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/oidc/token',
      headers: {
        host: `localhost:${port}`,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': '29',
      },
    })
    slow.write('grant_type=')
    await sleep(200)
    const told = Date.now()
    child.kill('SIGTERM')
    await expect
      .poll(() => fetch(`http://127.0.0.1:${management}/health/ready`).then((answer) => answer.status), {
        timeout: 3_000,
      })
      .toBe(503)
    const answered = once(slow, 'response')
    slow.end('client_credentials')
    const [answer] = await answered
    expect(answer.statusCode).toBe(400)
    answer.resume()
    const { code, err } = await ended
    expect(code, err).toBe(0)
    expect(Date.now() - told).toBeLessThan(10_000)
    expect(said()).toContain('process.closed')
    await expect(fetch(`http://localhost:${port}/oidc/jwks`)).rejects.toThrow()
  }, 60_000)
})

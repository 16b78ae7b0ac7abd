import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandHouse } from '../../src/cli/command-house.ts'
import { createStaff, findEnrolment, issueEnrolment } from '../../src/features/staff/index.ts'
import { byCommand, type StaffHouse, startStaffHouse } from '../features/staff/staff-house.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { clientRegistry, environment, placet, urlOf } from './run-placet.ts'

let database: TestDatabase
let house: StaffHouse
let folder: string
beforeAll(async () => {
  ;[database, house] = await Promise.all([createTestDatabase(), startStaffHouse()])
  folder = await mkdtemp(join(tmpdir(), 'placet-cli-'))
})
afterAll(async () => {
  await Promise.all([database.drop(), house.stop(), rm(folder, { recursive: true })])
})

const env = () => ({ ...environment, DATABASE_URL: urlOf(database.appConnection) })

describe('what the shell is told', () => {
  test('help is no error, and says what the exit codes mean', async () => {
    const { code, out } = await placet(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('0 ok · 1 failed · 2 usage · 3 drift found')
    for (const command of [
      'serve',
      'worker',
      'migrate',
      'doctor',
      'keys',
      'client',
      'staff',
      'vectors',
      'docs',
      'audit',
      'purpose',
      'subject',
      'notice',
      'explain',
    ]) {
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    }
  })

  test.each([
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['migrate', '--frobnicate']],
    ['a missing argument', ['client', 'rotate-secret']],
    ['a role that does not exist', ['staff', 'create', 'ana', '--name', 'Ana', '--role', 'boss']],
    ['no role at all', ['staff', 'create', 'ana', '--name', 'Ana']],
  ])('%s is a usage error: 2, and nothing is tried', async (_, args) => {
    const { code, closed, err } = await placet(args, { env: env() })
    expect(code).toBe(2)
    expect(closed).toBe(0)
    expect(err).toContain('--help')
  })

  test('an error names its cause and what to do, in words and in JSON, and exits 1', async () => {
    const plain = await placet(['client', 'list'], { env: environment })
    expect(plain).toMatchObject({ code: 1, out: '' })
    expect(plain.err).toMatch(/DATABASE_URL is not set[\s\S]*fix: Set DATABASE_URL/)
    const forPrograms = await placet(['client', 'list', '--json'], { env: environment })
    expect(forPrograms.json().error).toMatchObject({
      code: 'database-unknown',
      fix: expect.stringContaining('DATABASE_URL'),
    })
  })

  test('every fault of the configuration is told at once', async () => {
    const { code, err } = await placet(['client', 'list'], {
      env: { DATABASE_URL: 'mysql://nope', PLACET_KEK: 'short', PLACET_SECRET: 'short' },
    })
    expect(code).toBe(1)
    for (const name of ['DATABASE_URL', 'PLACET_KEK', 'PLACET_SECRET']) expect(err).toContain(`- ${name}`)
  })

  test('colours are for terminals only, and never against NO_COLOR', async () => {
    const coloured = await placet(['client', 'list'], { env: environment, terminal: true })
    expect(coloured.err).toContain('\u001b[31m✖')
    const piped = await placet(['client', 'list'], { env: environment })
    expect(piped.err).not.toContain('\u001b')
    const refused = await placet(['client', 'list'], {
      env: { ...environment, NO_COLOR: '1' },
      terminal: true,
    })
    expect(refused.err).not.toContain('\u001b')
  })
})

describe('placet client', () => {
  const metadata = {
    client_id: 'tienda-norte',
    redirect_uris: ['https://tienda.example/callback'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ kty: 'EC' }] },
    recipient_id: 'tienda-norte',
    first_party: true,
  }

  test('create hands over whatever the file says, and prints the stored document with its secret', async () => {
    const { clients, documents } = clientRegistry()
    await writeFile(join(folder, 'client.json'), JSON.stringify(metadata))
    const answer = await placet(['client', 'create', 'client.json'], {
      env: env(),
      root: folder,
      house: { clients },
    })
    expect(answer.code).toBe(0)
    expect(documents).toEqual([metadata])
    expect(answer.json()).toMatchObject({ client_id: 'tienda-norte', client_secret: 'shown-once' })
    expect(answer.closed).toBe(1)
  })

  test('create reads standard input for -', async () => {
    const { clients, documents } = clientRegistry()
    const answer = await placet(['client', 'create', '-'], {
      env: env(),
      input: JSON.stringify(metadata),
      house: { clients },
    })
    expect(answer.code).toBe(0)
    expect(documents).toHaveLength(1)
  })

  test.each(['', '[]', '"text"', '{'])(
    'create answers 2 to input that is no JSON object: %j',
    async (input) => {
      const { clients, documents } = clientRegistry()
      const { code } = await placet(['client', 'create', '-'], { env: env(), input, house: { clients } })
      expect(code).toBe(2)
      expect(documents).toEqual([])
    },
  )

  test('list is for reading, --json for programs, and rotate-secret shows the new secret', async () => {
    const { clients } = clientRegistry()
    await clients.create({ client_id: 'a', client_name: 'Tienda' })
    expect((await placet(['client', 'list'], { env: env(), house: { clients } })).out).toBe('a\tTienda\n')
    expect(
      (await placet(['--json', 'client', 'list'], { env: env(), house: { clients } })).json(),
    ).toHaveLength(1)
    const rotated = await placet(['client', 'rotate-secret', 'a'], { env: env(), house: { clients } })
    expect(rotated.json()).toEqual({ client_id: 'a', client_secret: 'another' })
  })
})

describe('placet staff', () => {
  const staff = () => ({
    create: (command: Parameters<CommandHouse['staff']['create']>[0]) =>
      createStaff(house.deps, { actor: byCommand, ...command }),
    enrol: (login: string) => issueEnrolment(house.deps, { actor: byCommand, login }),
  })
  const tokenIn = (link: string) => new URL(link.trim()).searchParams.get('token') ?? ''

  test('create makes an account and prints the one link by which Ana makes her passkey (R77)', async () => {
    const answer = await placet(
      [
        'staff',
        'create',
        'ana',
        '--name',
        'Ana Ruiz',
        '--role',
        'store-manager@vigo',
        '--role',
        'store-staff@cadiz',
      ],
      { env: env(), house: { staff: staff() } },
    )
    expect(answer.code).toBe(0)
    expect(answer.out).toMatch(/^http:\/\/localhost:3000\/staff\/enrol\?token=[\w-]{43}\n$/)
    expect(await findEnrolment(house.deps, tokenIn(answer.out))).toMatchObject({
      displayName: 'Ana Ruiz',
      roles: ['store-manager', 'store-staff'],
    })
  })

  test('create refuses roles that must not meet in one person, and says what to do (R102)', async () => {
    const answer = await placet(
      ['staff', 'create', 'bruno', '--name', 'Bruno', '--role', 'admin', '--role', 'dpo', '--json'],
      { env: env(), house: { staff: staff() } },
    )
    expect(answer.code).toBe(1)
    expect(answer.json().error).toMatchObject({
      code: 'roles-incompatible',
      fix: expect.stringContaining('another person'),
    })
    expect(answer.closed).toBe(1)
  })

  test('enrol gives a new link to somebody who lost their passkey', async () => {
    await house.hire('carmen', { role: 'dpo', touchpointId: undefined })
    const answer = await placet(['staff', 'enrol', 'carmen', '--json'], {
      env: env(),
      house: { staff: staff() },
    })
    expect(answer.code).toBe(0)
    expect(await findEnrolment(house.deps, tokenIn(answer.json().enrolmentLink))).toMatchObject({
      login: 'carmen',
    })
  })
})

test('keys rotate says how many steps were due', async () => {
  const answer = await placet(['keys', 'rotate', '--json'], {
    env: env(),
    house: {
      keys: {
        rotate: async () => 2,
        replaceLeaked: async (kid) => kid,
        list: async () => [],
        renewPush: async () => {},
      },
    },
  })
  expect(answer.json()).toEqual({ steps: 2 })
})

test('keys rotate begins a rotation or withdraws a leaked key when asked to, and keys list names them', async () => {
  const asked: unknown[] = []
  const keys = {
    rotate: async (options: unknown) => {
      asked.push(options)
      return 1
    },
    replaceLeaked: async (kid: string) => `${kid}-successor`,
    list: async () => [{ kid: 'k1', algorithm: 'ES256', state: 'active', since: '2026-11-22T00:00:00.000Z' }],
    renewPush: async () => void asked.push('push'),
  }
  const run = (...args: string[]) => placet(['keys', ...args, '--json'], { env: env(), house: { keys } })
  expect((await run('rotate', '--begin')).json()).toEqual({ steps: 1 })
  expect(asked).toEqual([{ begin: true }])
  expect((await run('rotate', '--leaked', 'k1')).json()).toEqual({ removed: 'k1', active: 'k1-successor' })
  expect((await run('list')).json()).toEqual(await keys.list())
  expect((await run('rotate', '--leaked')).code).toBe(2)
  expect((await run('renew-push')).code).toBe(0)
  expect(asked.at(-1)).toBe('push')
})

test('vectors prints N/N first and answers 1 when a case differs, 2 when the file cannot be read', async () => {
  const vector = { id: 'empty', expect: {} }
  await writeFile(join(folder, 'unknown.json'), JSON.stringify({ format: 'nothing/1', vectors: [vector] }))
  expect((await placet(['vectors', 'unknown.json'], { root: folder })).code).toBe(2)
  expect((await placet(['vectors', 'missing.json'], { root: folder })).code).toBe(2)
})

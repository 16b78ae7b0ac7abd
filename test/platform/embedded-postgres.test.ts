import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import {
  type EmbeddedPostgres,
  findRunningEmbedded,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres/index.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const isRoot = process.getuid?.() === 0
const installedPackage = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
)

let folder: string
/** One cluster, made by the first test that starts it: a first start takes twenty times as long as any later one. */
let directory: string
const helpers: ChildProcess[] = []
const ownDirectories: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'placet-launcher-'))
  await chmod(folder, 0o777)
  directory = join(folder, 'data')
})

/** For a test in which the first start is the point. */
const directoryOfItsOwn = () => {
  const own = join(folder, `data-${ownDirectories.length}`)
  ownDirectories.push(own)
  return own
}

afterEach(async ({ task }) => {
  for (const helper of helpers.splice(0)) helper.kill('SIGKILL')
  for (const own of ownDirectories) await removeEmbeddedPostgres(own)
  if (task.result?.state === 'fail') await removeEmbeddedPostgres(directory)
})

afterAll(async () => {
  await removeEmbeddedPostgres(directory)
  await rm(folder, { recursive: true, force: true })
})

/** Not durable: what is tested here is starting and stopping, not the disk. */
const start = (more: object = {}) => startEmbeddedPostgres({ directory, durable: false, ...more })

const ask = async (postgres: EmbeddedPostgres, sql: string, database = 'postgres') => {
  const client = new pg.Client(postgres.connection(database))
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const isAnswering = (postgres: EmbeddedPostgres) =>
  ask(postgres, 'select 1').then(
    () => true,
    () => false,
  )

const postmasterPid = async (at = directory) =>
  Number((await readFile(join(at, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])

/** Another process that starts PostgreSQL on the same directory. */
const startElsewhere = async (more: object = {}, env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'embedded-postgres-process.ts'),
      JSON.stringify({ directory, durable: false, ...more }),
    ],
    { detached: true, stdio: ['pipe', 'pipe', 'inherit'], env },
  )
  helpers.push(child)
  const ended = once(child, 'close')
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(([code]) => {
      throw new Error(`ended with ${code} before PostgreSQL was started`)
    }),
  ])
  const order = async (word: 'stop' | 'leave') => {
    child.stdin.end(`${word}\n`)
    await ended
  }
  const { reused, socketDirectory }: { reused: boolean; socketDirectory: string } = JSON.parse(line)
  return {
    reused,
    socketDirectory,
    stop: () => order('stop'),
    leave: () => order('leave'),
    async signalGroup(signal: NodeJS.Signals) {
      process.kill(-child.pid!, signal)
      await ended
    },
  }
}

test('it listens on a private socket and on no network address', async () => {
  const postgres = await start({ settings: { listen_addresses: '*' } })
  expect(await ask(postgres, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect((await stat(postgres.socketDirectory)).mode & 0o777).toBe(0o700)
  expect(postgres.connection('shop')).toEqual({
    host: postgres.socketDirectory,
    port: postgres.port,
    user: 'placet_owner',
    database: 'shop',
  })
  await postgres.stop()
  expect(existsSync(postgres.socketDirectory)).toBe(false)
})

test('text sorts and changes case alike on every machine, whatever its environment says', async () => {
  const elsewhere = await startElsewhere({}, { LANG: 'C', LC_ALL: 'POSIX', TZ: 'Pacific/Auckland' })
  const postgres = await start()
  const [database] = await ask(
    postgres,
    `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale, upper('ñandú') as upper
     from pg_database where datname = 'template1'`,
  )
  expect(database).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', upper: 'ÑANDÚ' })
  expect(await ask(postgres, 'show timezone')).toEqual([{ TimeZone: 'UTC' }])
  await elsewhere.stop()
})

test('as root, PostgreSQL runs as an unprivileged user who is given the cluster and nothing else', async () => {
  const postgres = await start()
  const own = process.getuid?.()
  expect((await stat(join(directory, 'cluster'))).uid).toBe(isRoot ? 65534 : own)
  expect((await stat(directory)).uid).toBe(own)
  const others = (await readdir(directory)).filter((name) => name !== 'cluster')
  expect(others).toContain('run.json')
  for (const name of others) expect((await stat(join(directory, name))).uid).toBe(own)
  await postgres.stop()
})

test('what was written is there after a stop and a start', async () => {
  const first = await startEmbeddedPostgres({ directory })
  expect(first.reused).toBe(false)
  expect(await ask(first, 'show fsync')).toEqual([{ fsync: 'on' }])
  await first.createDatabase('model')
  await ask(first, "create table people as select 'Ana' as name", 'model')
  await first.createDatabase('shop "norte"', 'model')
  await first.stop()
  await first.stop()
  expect(await isAnswering(first)).toBe(false)

  const lines: string[] = []
  const second = await start({ log: (line: string) => lines.push(line) })
  expect(lines.join()).toContain('PostgreSQL 18')
  expect(await ask(second, 'show fsync')).toEqual([{ fsync: 'off' }])
  expect(await ask(second, 'select * from people', 'shop "norte"')).toEqual([{ name: 'Ana' }])
  await second.dropDatabase('shop "norte"')
  await expect(ask(second, 'select 1', 'shop "norte"')).rejects.toThrow(/does not exist/)
  await second.stop()
})

test('an ordinary user starts it as himself', async () => {
  // The package is copied because a checkout below a 0700 home could not be read by that user.
  const packageDirectory = join(folder, 'package')
  await cp(installedPackage, packageDirectory, { recursive: true, verbatimSymlinks: true })
  const home = directoryOfItsOwn()
  const ordinary = await startElsewhere(
    { directory: home, packageDirectory, becomeNobody: isRoot },
    { HOME: folder },
  )
  const expected = isRoot ? 65534 : process.getuid?.()
  for (const path of [home, join(home, 'cluster'), join(home, 'run.json'), ordinary.socketDirectory]) {
    expect((await stat(path)).uid).toBe(expected)
  }
  await ordinary.stop()
})

test('a package installed without its scripts gets the symlinks it lacks', async () => {
  const packageDirectory = join(folder, 'package-without-scripts')
  await cp(installedPackage, packageDirectory, { recursive: true, verbatimSymlinks: true })
  const listed: { target: string }[] = JSON.parse(
    await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8'),
  )
  for (const { target } of listed) await rm(join(packageDirectory, target), { force: true })
  const postgres = await start({ directory: directoryOfItsOwn(), packageDirectory })
  expect(await isAnswering(postgres)).toBe(true)
  for (const { target } of listed) {
    expect((await lstat(join(packageDirectory, target))).isSymbolicLink()).toBe(true)
  }
  await postgres.stop()
})

test('below a closed home directory, root keeps binaries and cluster where the database user can reach them', async () => {
  const home = join(folder, 'home')
  await mkdir(home, { mode: 0o700 })
  const packageDirectory = join(home, 'package')
  await cp(installedPackage, packageDirectory, { recursive: true, verbatimSymlinks: true })
  const closed = join(home, 'checkout', '.placet')
  const postgres = await startEmbeddedPostgres({ directory: closed, durable: false, packageDirectory })
  await postgres.createDatabase('kept')
  expect((await findRunningEmbedded(closed))?.socketDirectory).toBe(postgres.socketDirectory)
  await postgres.stop()

  const note = join(closed, 'cluster-home')
  expect(existsSync(note)).toBe(isRoot)
  const place = isRoot ? await readFile(note, 'utf8') : closed
  expect(existsSync(join(place, 'cluster', 'PG_VERSION'))).toBe(true)

  const again = await startEmbeddedPostgres({ directory: closed, durable: false, packageDirectory })
  expect(await ask(again, "select datname from pg_database where datname = 'kept'")).toHaveLength(1)
  await again.stop()

  // Deleting the directory means the data are unwanted, wherever they are: the next start is a first start.
  await rm(closed, { recursive: true })
  const afresh = await startEmbeddedPostgres({ directory: closed, durable: false, packageDirectory })
  expect(await ask(afresh, "select datname from pg_database where datname = 'kept'")).toHaveLength(0)
  await removeEmbeddedPostgres(closed)
  expect(await isAnswering(afresh)).toBe(false)
  expect([existsSync(closed), existsSync(join(place, 'cluster'))]).toEqual([false, false])
})

test('two processes that start a new directory at once share one postmaster, and only its owner ends it', async () => {
  const shared = { directory: directoryOfItsOwn() }
  const both = await Promise.all([startElsewhere(shared), startElsewhere(shared)])
  const owner = both.find(({ reused }) => !reused)!
  const guest = both.find(({ reused }) => reused)!
  expect(guest.socketDirectory).toBe(owner.socketDirectory)
  const here = await start(shared)
  expect(here.reused).toBe(true)
  await guest.stop()
  await here.stop()
  expect(await isAnswering(here)).toBe(true)
  await owner.stop()
  expect(await isAnswering(here)).toBe(false)
})

test('a second command finds the running database and leaves it running', async () => {
  expect(await findRunningEmbedded(directory)).toBeUndefined()
  const server = await startElsewhere()
  const found = await findRunningEmbedded(directory)
  expect(found?.socketDirectory).toBe(server.socketDirectory)
  expect(found?.reused).toBe(true)
  await found?.stop()
  expect(await isAnswering(found!)).toBe(true)
  await server.stop()
  expect(await findRunningEmbedded(directory)).toBeUndefined()
})

test('a directory that was copied does not lead to the database of the original', async () => {
  const postgres = await start()
  const copy = join(folder, 'copy')
  await cp(join(directory, 'run.json'), join(copy, 'run.json'))
  expect(await findRunningEmbedded(copy)).toBeUndefined()
  await postgres.stop()
})

test.for(['SIGKILL', 'SIGINT'] as const)(
  'after %s to the whole process group PostgreSQL lives, and the next start adopts it',
  async (signal) => {
    const killed = await startElsewhere()
    const pid = await postmasterPid()
    await killed.signalGroup(signal)
    const heir = await start()
    expect(heir.reused).toBe(true)
    expect(await postmasterPid()).toBe(pid)
    expect(await isAnswering(heir)).toBe(true)
    await heir.stop()
    expect(await isAnswering(heir)).toBe(false)
  },
)

test('a process that exits without stopping takes its postmaster with it', async () => {
  const careless = await startElsewhere()
  await careless.leave()
  await vi.waitFor(() => expect(existsSync(join(directory, 'cluster', 'postmaster.pid'))).toBe(false), 10_000)
})

test('a postmaster that was killed is cleaned up after, and its data recovered', async () => {
  const first = await startEmbeddedPostgres({ directory })
  await ask(first, "create table people as select 'Bruno' as name")
  const pid = await postmasterPid()
  process.kill(pid, 'SIGKILL')
  // Until it is gone it answers as if nothing had happened; on a busy machine that takes a moment.
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/), 10_000)
  const second = await startEmbeddedPostgres({ directory })
  expect(second.reused).toBe(false)
  expect(await ask(second, 'select * from people')).toEqual([{ name: 'Bruno' }])
  expect(existsSync(first.socketDirectory)).toBe(false)
  await second.stop()
})

test('a leftover postmaster.pid whose number now belongs to another process does not stop the start', async () => {
  await (await start()).stop()
  const user = isRoot ? { uid: 65534, gid: 65534 } : {}
  const stranger = spawn('sleep', ['60'], { ...user, cwd: '/', stdio: 'ignore' })
  helpers.push(stranger)
  await once(stranger, 'spawn')
  const cluster = join(directory, 'cluster')
  const lines = [
    stranger.pid,
    cluster,
    1_700_000_000,
    5432,
    '/tmp/placet-pg-gone',
    '',
    '5432001 7',
    'ready   ',
  ]
  await writeFile(join(cluster, 'postmaster.pid'), `${lines.join('\n')}\n`, { mode: 0o644 })
  const postgres = await start()
  expect(postgres.reused).toBe(false)
  expect(await isAnswering(postgres)).toBe(true)
  expect(stranger.exitCode).toBeNull()
  await postgres.stop()
})

test('when the socket was swept away, the unreachable postmaster is replaced', async () => {
  const lost = await startElsewhere()
  await rm(lost.socketDirectory, { recursive: true })
  const postgres = await start()
  expect(postgres.reused).toBe(false)
  expect(await isAnswering(postgres)).toBe(true)
  await postgres.stop()
})

test.for([
  ['a process that is gone', 2 ** 22 + 1],
  ['a process before a restart that had our number', process.pid],
] as const)('a lock left by %s is broken', async ([, pid]) => {
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'starting.lock'), `${pid} left-over`)
  const postgres = await start()
  expect(await isAnswering(postgres)).toBe(true)
  await postgres.stop()
  expect((await readdir(directory)).filter((name) => name.startsWith('starting.lock'))).toEqual([])
})

test('a temporary directory with a very long name is not used for the socket', async () => {
  const long = join(folder, 'x'.repeat(120))
  await mkdir(long, { mode: 0o777 })
  const elsewhere = await startElsewhere({}, { TMPDIR: long })
  expect(elsewhere.socketDirectory).toMatch(/^\/tmp\/placet-pg-/)
  await elsewhere.stop()
})

test('a start that fails says what PostgreSQL said', async () => {
  await expect(start({ settings: { max_connections: 'many' } })).rejects.toMatchObject({
    failure: 'unavailable',
    code: 'embedded-postgres-start',
    detail: expect.stringContaining('invalid value for parameter "max_connections"'),
  })
  await expect(start({ packageDirectory: join(folder, 'nowhere') })).rejects.toMatchObject({
    code: 'embedded-postgres-binaries',
  })
  const postgres = await start()
  expect(await isAnswering(postgres)).toBe(true)
  await postgres.stop()
})

test('a cluster made by another major version is refused, not touched', async () => {
  await (await start()).stop()
  await writeFile(join(directory, 'cluster', 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toMatchObject({
    code: 'embedded-postgres-cluster',
    detail: expect.stringContaining('made by PostgreSQL 17'),
  })
  await writeFile(join(directory, 'cluster', 'PG_VERSION'), '18\n')
})

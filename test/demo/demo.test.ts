import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePorts } from '../../demo/ports.ts'
import { forgetDemo } from '../../demo/start-demo.ts'
import { findRunningEmbedded } from '../../src/platform/embedded-postgres/index.ts'
import { buildDemo, type DemoProcess, runDemo } from './demo-process.ts'

let directory: string
const living: DemoProcess[] = []

beforeAll(async () => {
  await buildDemo()
  directory = await mkdtemp(join(tmpdir(), 'placet-demo-'))
}, 120_000)

afterAll(async () => {
  await Promise.all(living.map((demo) => demo.stop('SIGTERM')))
  await forgetDemo(join(directory, '.placet', 'demo'))
  await forgetDemo(directory)
})

const start = (...args: readonly string[]): DemoProcess => {
  const demo = runDemo(directory, '--no-open', ...args)
  living.push(demo)
  return demo
}

interface Ready {
  readonly ready: boolean
  readonly url: string
  readonly issuer: string
  readonly shop: string
  readonly newsletter: string
  readonly till: string
  readonly readyMs: number
}

const ready = async (demo: DemoProcess): Promise<Ready> => JSON.parse(await demo.says('\n')) as Ready

/** Who has an account, oldest first: the same ids mean the same database. */
async function customers(): Promise<readonly string[]> {
  const running = await findRunningEmbedded(join(directory, '.placet', 'demo', 'postgres'))
  const client = new pg.Client({ ...running?.connection('placet') })
  await client.connect()
  try {
    const { rows } = await client.query<{ subject_id: string }>(
      'select subject_id from subjects order by subject_id',
    )
    return rows.map((row) => row.subject_id)
  } finally {
    await client.end()
  }
}

/** `shop.localhost` is this machine, but not every resolver knows (RFC 6761 6.3). */
const get = (address: string) =>
  fetch(address.replace(/\/\/\w+\.localhost/, '//127.0.0.1'), { redirect: 'manual' })

describe('npm run demo, asked wrongly', () => {
  it('explains itself with --help', async () => {
    const demo = start('--help')
    expect(await demo.ended()).toBe(0)
    for (const option of ['--port', '--reset', '--json', '--no-open'])
      expect(demo.output.out).toContain(option)
    expect(demo.output.err).toBe('')
  })

  it.each([
    ['a port that is none', ['--port', '70000'], '--port takes a whole number from 1 to 65531, not "70000"'],
    ['an option that does not exist', ['--prot', '4400'], "Unknown option '--prot'"],
  ])('says what is wrong with %s, and starts nothing', async (_, args, words) => {
    const demo = start(...args)
    expect(await demo.ended()).toBe(1)
    expect(demo.output.err).toContain(words)
    expect(demo.output.err).not.toContain('    at ')
    expect(demo.output.out).toBe('')
  })

  it('names the port that somebody else has, and another one to try', async () => {
    const port = await freePorts()
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(port + 2, '127.0.0.1', resolve))
    const demo = start('--port', String(port))
    expect(await demo.ended()).toBe(1)
    expect(demo.output.err).toContain(`Port ${port + 2} is taken`)
    expect(demo.output.err).toContain(`--port ${port + 100}`)
    other.close()
  })
})

describe('npm run demo', { timeout: 90_000 }, () => {
  let port: number
  let first: readonly string[]

  it('prints one line of JSON when everything answers, and ends cleanly', async () => {
    port = await freePorts()
    const demo = start('--json', '--port', String(port))
    const line = await ready(demo)
    expect(line).toMatchObject({ ready: true, url: `http://tour.localhost:${port + 3}` })
    expect(line.issuer).toBe(`http://localhost:${port}`)
    for (const address of [
      line.url,
      line.shop,
      line.newsletter,
      line.till,
      `${line.issuer}/.well-known/openid-configuration`,
    ])
      expect((await get(address)).status, address).toBe(200)
    first = await customers()
    expect(first).toHaveLength(3)

    const second = start('--json', '--port', String(await freePorts()))
    expect(await second.ended()).toBe(1)
    expect(second.output.err).toContain(`runs already`)
    expect(second.output.err).toContain(line.url)

    expect(await demo.stop('SIGINT')).toBe(0)
    expect(demo.output.out.trimEnd().split('\n')).toHaveLength(1)
    expect(demo.output.err).toBe('')
  })

  it('keeps its secrets to its owner and does not share them with the world', async () => {
    const path = join(directory, '.placet', 'demo', 'secrets.json')
    expect((await stat(path)).mode & 0o077).toBe(0)
    const secrets = JSON.parse(await readFile(path, 'utf8')) as { kek: string; secret: string }
    expect(Buffer.from(secrets.kek, 'base64')).toHaveLength(32)
    expect(secrets.kek).not.toBe(secrets.secret)
  })

  it('starts again within five seconds on what it had, on other ports too, and the shop still signs in', async () => {
    const moved = await freePorts()
    const demo = start('--json', '--port', String(moved))
    const line = await ready(demo)
    expect(line.readyMs).toBeLessThan(5_000)
    expect(await customers()).toEqual(first)
    const away = await get(`${line.shop}/sign-in`)
    const authorize = new URL(away.headers.get('location') ?? '')
    expect(authorize.searchParams.get('redirect_uri')).toBe(`${line.shop}/callback`)
    const answer = await fetch(authorize, { redirect: 'manual' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/\/sign-in\/[\w-]+$/)
    expect(await demo.stop('SIGTERM')).toBe(0)
  })

  it('starts again after it was killed', async () => {
    const demo = start('--json', '--port', String(port))
    await ready(demo)
    await demo.stop('SIGKILL')
    const again = start('--json', '--port', String(port))
    await ready(again)
    expect(await customers()).toEqual(first)
    expect(await again.stop()).toBe(0)
  })

  it('forgets everything with --reset, and tells a person one address', async () => {
    const demo = start('--reset', '--port', String(port))
    await demo.says('--reset starts over')
    expect(demo.output.out.match(/https?:\S+/g)).toEqual([`http://tour.localhost:${port + 3}`])
    const now = await customers()
    expect(now).toHaveLength(3)
    expect(now.filter((subject) => first.includes(subject))).toEqual([])
    expect(await demo.stop()).toBe(0)
    expect(
      demo.output.out
        .trimEnd()
        .endsWith('Stopped. What you did is kept for the next time; --reset starts over.'),
    ).toBe(true)
    expect(demo.output.err).toBe('')
  })
})

import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, page } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'
import { type House, openHouse } from './small-house.ts'

const links = defineRoute({
  name: 'links',
  method: 'GET',
  path: '/links',
  caller: { who: 'anyone' },
  answers: [200],
  handle: async ({ url, path, network }) => json({ url, path, network }),
})

let house: House
let behindProxy: House
beforeAll(async () => {
  house = await openHouse({ routes: [links] })
  behindProxy = await openHouse({ routes: [links], trustedProxies: ['127.0.0.0/8', '10.1.0.0/16'] })
})
afterAll(async () => {
  await house.server.close(100)
  await behindProxy.server.close(100)
})

/** What a client can write onto the wire that no HTTP library would. */
const raw = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })

describe('a request under another name (R114)', () => {
  test.each([
    'evil.example',
    'localhost',
    'localhost:1',
    '127.0.0.1',
    'localhost.evil.example',
    'user@localhost',
    '[::1]',
  ])('Host %s gets 421, no cookie and nothing of itself back', async (host) => {
    const answer = await house.send('/links', { headers: { host, accept: 'text/html' } })
    expect(answer.status).toBe(421)
    expect(answer.cookies).toEqual([])
    expect(answer.text).toBe(`This server answers for ${house.issuer.origin} only.\n`)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('no Host, two Hosts and a Host in a request line are refused', async () => {
    const { port } = house.server
    expect(await raw(port, 'GET /links HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
    expect(await raw(port, 'GET /links HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 421/)
    const ours = `Host: localhost:${port}\r\n`
    const twice = await raw(
      port,
      `GET /links HTTP/1.1\r\n${ours}Host: evil.example\r\nConnection: close\r\n\r\n`,
    )
    expect(twice).toMatch(/^HTTP\/1.1 (400|421)/)
    const absolute = `GET http://evil.example/links HTTP/1.1\r\n${ours}Connection: close\r\n\r\n`
    expect(await raw(port, absolute)).toMatch(/^HTTP\/1.1 400/)
  })

  test.each([
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-port': '444' },
    { 'x-original-url': '/elsewhere', 'x-rewrite-url': '/elsewhere' },
    { 'x-host': 'evil.example', 'x-forwarded-server': 'evil.example' },
  ])('%o changes nothing, not even from a trusted proxy', async (headers) => {
    for (const one of [house, behindProxy]) {
      const answer = await one.send('/links', { headers: { ...headers } as Record<string, string> })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text)).toMatchObject({ url: '/links', path: '/links' })
    }
  })
})

describe('the address of whoever calls (R114)', () => {
  const networkOf = async (one: House, forwarded: string) =>
    JSON.parse((await one.send('/links', { headers: { 'x-forwarded-for': forwarded } })).text).network

  test('X-Forwarded-For from a stranger is not believed', async () => {
    expect(await networkOf(house, '203.0.113.7')).toBe('127.0.0.0/24')
  })

  test('a trusted proxy is believed about the last address that is not a proxy of ours', async () => {
    expect(await networkOf(behindProxy, '203.0.113.7')).toBe('203.0.113.0/24')
    expect(await networkOf(behindProxy, '1.2.3.4, 203.0.113.7, 10.1.2.3')).toBe('203.0.113.0/24')
    expect(await networkOf(behindProxy, '203.0.113.7:4711')).toBe('203.0.113.0/24')
    expect(await networkOf(behindProxy, '[2001:db8:1:2::3]:443')).toBe('2001:db8:1::/48')
    expect(await networkOf(behindProxy, '2001:db8:1:2::3')).toBe('2001:db8:1::/48')
    expect(await networkOf(behindProxy, '::ffff:203.0.113.7')).toBe('203.0.113.0/24')
    expect(await networkOf(behindProxy, 'rubbish')).toBe('unknown')
    expect(await networkOf(behindProxy, '')).toBe('127.0.0.0/24')
  })
})

describe('a request target', () => {
  test.each(['//evil.example/links', '/\\evil.example', '*', 'links'])('%s is refused', async (target) => {
    const answer = await raw(
      house.server.port,
      `GET ${target} HTTP/1.1\r\nHost: localhost:${house.server.port}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 400/)
  })

  test.each(['/%', '/%E0%A4', '/%ff', '/links?name=%00', '/links/%00'])(
    '%s with an escape that is no text is refused',
    async (target) => {
      const answer = await house.send(target)
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, 'bad-escape'])
    },
  )

  test('with thousands of parameters is refused at once, for the parser takes time with their square (R16)', async () => {
    const started = performance.now()
    const answer = await house.send(`/links?${'a&'.repeat(7_000)}`)
    expect(answer.status).toBe(400)
    expect(performance.now() - started).toBeLessThan(250)
  })

  test('in other letters is another address', async () => {
    expect((await house.send('/LINKS')).status).toBe(404)
  })
})

test('a page in Spanish is proof of Spanish: evidence speaks the language that the page was in', async () => {
  const spoken = await openHouse({
    routes: [
      defineRoute({
        name: 'language',
        method: 'GET',
        path: '/',
        caller: { who: 'anyone' },
        answers: [200],
        handle: async ({ evidence }) => page(evidence.language),
      }),
    ],
  })
  const ask = async (path: string, headers: Record<string, string> = {}) =>
    (await spoken.send(path, { headers })).text
  expect(await ask('/', { 'accept-language': 'en-GB' })).toBe('en')
  expect(await ask('/', { 'accept-language': 'en', cookie: 'placet_language=es' })).toBe('es')
  expect(await ask('/?lang=en', { cookie: 'placet_language=es' })).toBe('en')
  expect(await ask('/', { 'accept-language': 'fr' })).toBe('es')
  await spoken.server.close(100)
})

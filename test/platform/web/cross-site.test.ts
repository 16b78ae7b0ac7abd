import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { json, page } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'
import { type House, openHouse } from './small-house.ts'

let house: House
let saved = 0
beforeAll(async () => {
  house = await openHouse({
    routes: [
      defineRoute({
        name: 'form',
        method: 'GET',
        path: '/form',
        caller: { who: 'anyone' },
        answers: [200],
        handle: async (request) => page(request.csrf),
      }),
      defineRoute({
        name: 'save',
        method: 'POST',
        path: '/form',
        caller: { who: 'anyone' },
        body: { type: 'form', schema: z.strictObject({ name: z.string() }) },
        answers: [200],
        handle: async (request) => {
          saved += 1
          return json(request.body)
        },
      }),
      defineRoute({
        name: 'save-json',
        method: 'POST',
        path: '/json',
        caller: { who: 'anyone' },
        body: { type: 'json', schema: z.strictObject({ name: z.string() }) },
        answers: [200],
        handle: async (request) => json(request.body),
      }),
    ],
  })
})
afterAll(() => house.server.close(100))

describe('a form of ours (R109)', () => {
  test('Ana opens the page, gets a cookie and a token, and the form she sends is taken', async () => {
    const opened = await house.send('/form', { headers: { accept: 'text/html' } })
    const [line = ''] = opened.cookies
    expect(line).toMatch(
      /^placet_browser=[A-Za-z0-9_-]{22}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/,
    )
    const answer = await house.send('/form', {
      method: 'POST',
      headers: {
        cookie: line.split(';')[0] ?? '',
        origin: house.issuer.origin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `_csrf=${opened.text}&name=Ana`,
    })
    expect([answer.status, answer.text]).toEqual([200, '{"name":"Ana"}'])
  })

  test('Origin null passes where Sec-Fetch-Site vouches for the request, since our pages send no referrer', async () => {
    expect((await house.post('/form', 'name=Ana', { origin: 'null' })).status).toBe(200)
  })

  test('an older browser without Sec-Fetch-Site is believed by its Origin', async () => {
    const { 'sec-fetch-site': _, ...older } = house.ownForm
    const send = (origin?: string) =>
      house.send('/form', {
        method: 'POST',
        headers: {
          ...older,
          ...(origin === undefined ? {} : { origin }),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'name=Ana',
      })
    expect((await send(house.issuer.origin)).status).toBe(200)
    expect((await send('null')).status).toBe(403)
    expect((await send()).status).toBe(403)
  })
})

describe('a request from elsewhere, although it carries cookie and token (R109)', () => {
  const refusals: readonly [string, Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['an invented value', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['a foreign Origin beside a friendly Sec-Fetch-Site', { origin: 'https://evil.example' }],
    ['our host on another port', { origin: 'http://localhost:1' }],
    ['Origin null from another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ]
  test.each(refusals)('%s is refused before the handler runs', async (_, headers) => {
    const before = saved
    const answer = await house.post('/form', 'name=Ana', headers)
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'cross-site-request' })
    expect(saved).toBe(before)
  })
})

describe('the token', () => {
  const code = (text: string) => JSON.parse(text).code

  test("belongs to one browser: Bruno's token does not open Ana's form", async () => {
    const bruno = house.csrf.tokenFor('BBBBBBBBBBBBBBBBBBBBBB')
    const answer = await house.post('/form', 'name=Ana', { 'x-csrf-token': bruno })
    expect([answer.status, code(answer.text)]).toEqual([403, 'form-expired'])
  })

  test('is needed, and so is the cookie', async () => {
    const bare = { 'x-csrf-token': '' }
    expect(code((await house.post('/form', 'name=Ana', bare)).text)).toBe('form-expired')
    expect(code((await house.post('/form', '_csrf=&name=Ana', bare)).text)).toBe('form-expired')
    expect(code((await house.post('/form', '_csrf=a&_csrf=b&name=Ana', bare)).text)).toBe('form-expired')
    expect(code((await house.post('/form', 'name=Ana', { cookie: 'other=1' })).text)).toBe('cookie-missing')
    expect(code((await house.post('/form', 'name=Ana', { cookie: 'placet_browser=short' })).text)).toBe(
      'cookie-missing',
    )
  })

  test('opens JSON routes as a header, and only with the JSON content type, which no foreign form can send', async () => {
    expect((await house.postJson('/json', { name: 'Ana' })).status).toBe(200)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      const answer = await house.postJson('/json', { name: 'Ana' }, { 'content-type': type })
      expect([type, answer.status]).toEqual([type, 415])
    }
  })
})

test('on https the cookie is bound to the host and to Secure by its name', async () => {
  const secure = await openHouse({
    issuer: 'https://id.tienda.example',
    routes: [
      defineRoute({
        name: 'form',
        method: 'GET',
        path: '/form',
        caller: { who: 'anyone' },
        answers: [200],
        handle: async () => ({
          kind: 'html',
          status: 200,
          html: 'ok',
          cookies: [{ name: '__Host-placet_staff', value: 'x', path: '/staff' }],
        }),
      }),
    ],
  })
  const { cookies } = await secure.send('/form', { headers: { accept: 'text/html' } })
  expect(cookies[0]).toMatch(/^__Host-placet_browser=\S+; Path=\/; HttpOnly; SameSite=Lax; Secure; /)
  expect(cookies[1]).toBe('__Host-placet_staff=x; Path=/; HttpOnly; SameSite=Lax; Secure')
  await secure.server.close(100)
})

import type { Context } from 'koa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  conflict,
  gone,
  needsStepUp,
  notFound,
  refused,
  tooMany,
  unauthenticated,
  unavailable,
} from '../../../src/kernel/errors.ts'
import { json, noContent, page, seeOther, seeOtherSite } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'
import type { Route } from '../../../src/platform/web/route.ts'
import { staticFiles } from '../../../src/platform/web/static-files.ts'
import { type House, openHouse } from './small-house.ts'

const get = (path: string, handle: Route['run'], more: Partial<Route> = {}): Route => ({
  ...defineRoute({
    name: path.slice(1),
    method: 'GET',
    path,
    caller: { who: 'anyone' },
    answers: [200, 204, 303],
    handle: async () => noContent,
  }),
  run: handle,
  ...more,
})
const failing = (path: string, error: unknown) => get(path, () => Promise.reject(error))

const stylesheet = new URL('../../../views/assets/placet.css', import.meta.url)
const pages = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

let house: House
beforeAll(async () => {
  house = await openHouse({
    strict: false,
    errorPage: (problem, { reference }) => {
      if (problem.code === 'page-breaks') throw new Error('the error page is broken')
      return `<h1>${problem.code}</h1>${reference}`
    },
    routes: [
      ...(await staticFiles({ '/assets/placet.css': stylesheet }, 'assets')),
      get('/page', async () => page('<p>Ana</p>')),
      get('/json', async () => json({ name: 'Ana' })),
      get('/nothing', async () => noContent),
      get('/leaving', async () => page('on'), { policy: 'redirects-to-clients' }),
      get('/to', async () => seeOther('/page?x=1')),
      get('/to-own-origin', async () => seeOther(`${house.issuer.origin}/auth/abc`)),
      get('/to-evil', async () => seeOther('https://evil.example/', [{ name: 'session', value: 'x' }])),
      get('/to-double-slash', async () => seeOther('//evil.example/')),
      get('/to-header', async () => seeOther('/a\r\nSet-Cookie: admin=1')),
      get('/to-client', async () => seeOtherSite(new URL('https://shop.example/cb?code=1'))),
      get('/bad-cookie', async () => page('x', 200, [{ name: 'a', value: 'b; Domain=example' }])),
      get('/download', async () => ({
        kind: 'file',
        status: 200,
        type: 'text/csv',
        body: 'a',
        downloadAs: '../"evil"\r\n.csv',
      })),
      failing('/teapot', Object.assign(new Error('secret ana@example.org'), { status: 418 })),
      failing('/broken', new Error('secret ana@example.org')),
      failing('/page-breaks', refused('page-breaks', 'No.')),
      failing('/unknown', notFound('thing-unknown', 'No such thing.')),
      failing('/refused', refused('power-missing', 'No.')),
      failing('/conflict', conflict('changed', 'Changed.')),
      failing('/gone', gone('expired', 'Gone.')),
      failing('/unauthenticated', unauthenticated('sign-in-needed', 'Sign in.')),
      failing('/step-up', needsStepUp('step-up-needed', 'More.')),
      failing('/slower', tooMany('too-many', 'Slower.', 12.2)),
      failing('/later', unavailable('database-unavailable', 'Later.', 0)),
      get('/half', async (_, { exchange }) => {
        exchange.res.writeHead(200, { 'content-type': 'text/plain' })
        exchange.res.write('half an answer')
        await new Promise((resolve) => setTimeout(resolve, 20))
        throw new Error('in the middle')
      }),
    ],
    engine: async (ctx: Context, next) => {
      if (ctx.path !== '/engine') return next()
      ctx.body = `engine ${ctx.method}`
    },
  })
})
afterAll(() => house.server.close(100))

describe('every answer', () => {
  test.each(['/page', '/json', '/to', '/nowhere', '/broken', '/assets/placet.css', '/engine'])(
    '%s carries the headers that keep browsers strict (R110, R111)',
    async (path) => {
      const { headers } = await house.send(path, { headers: pages })
      const policy = headers['content-security-policy'] ?? ''
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]) {
        expect(policy).toContain(part)
      }
      expect(policy).not.toContain('unsafe')
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'permissions-policy': expect.stringContaining('publickey-credentials-get=(self)'),
      })
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(headers['x-powered-by']).toBeUndefined()
      expect(headers['access-control-allow-origin']).toBeUndefined()
      const kept = path.startsWith('/assets/') ? 'public, max-age=300' : 'no-store'
      expect(headers['cache-control']).toBe(kept)
    },
  )

  test('keeps forms at home, except on pages whose redirects end at a client', async () => {
    const policyOf = async (path: string) =>
      (await house.send(path, { headers: pages })).headers['content-security-policy']
    expect(await policyOf('/page')).toContain("form-action 'self'")
    expect(await policyOf('/nowhere')).toContain("form-action 'self'")
    expect(await policyOf('/broken')).toContain("form-action 'self'")
    expect(await policyOf('/leaving')).not.toContain('form-action')
    expect(await policyOf('/engine')).not.toContain('form-action')
  })

  test('on https demands https for a year', async () => {
    const secure = await openHouse({ issuer: 'https://id.tienda.example', routes: [] })
    const { headers } = await secure.send('/')
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
    await secure.server.close(100)
  })
})

describe('methods', () => {
  test('HEAD answers like GET without a body', async () => {
    for (const path of ['/page', '/json', '/assets/placet.css']) {
      const [head, full] = [await house.send(path, { method: 'HEAD' }), await house.send(path)]
      expect([head.status, head.text]).toEqual([200, ''])
      expect(head.headers['content-length']).toBe(full.headers['content-length'])
      expect(head.headers['content-type']).toBe(full.headers['content-type'])
    }
    expect((await house.send('/nowhere', { method: 'HEAD' })).status).toBe(404)
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
    '%s on a page that only shows is 405, with what it takes, and reaches no engine',
    async (method) => {
      const answer = await house.send('/page', { method, headers: house.ownForm })
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD'])
      expect(JSON.parse(answer.text).code).toBe('method-not-allowed')
    },
  )

  test('the engine gets the paths that no route of ours has, by any method', async () => {
    expect((await house.send('/engine', { method: 'OPTIONS' })).text).toBe('engine OPTIONS')
    const answer = await house.send('/nowhere', { method: 'POST' })
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([404, 'page-not-found'])
  })
})

describe('redirects', () => {
  test('are always 303 and stay in the house (R12, R113)', async () => {
    const to = await house.send('/to')
    expect([to.status, to.headers.location, to.text]).toEqual([303, '/page?x=1', ''])
    expect((await house.send('/to-own-origin')).headers.location).toBe('/auth/abc')
  })

  test.each(['/to-evil', '/to-double-slash', '/to-header'])('%s is a fault, not a redirect', async (path) => {
    const answer = await house.send(path)
    expect([answer.status, answer.headers.location, answer.cookies]).toEqual([500, undefined, []])
  })

  test('lead elsewhere only by saying so', async () => {
    expect((await house.send('/to-client')).headers.location).toBe('https://shop.example/cb?code=1')
  })
})

describe('cookies and downloads', () => {
  test('a cookie value cannot add attributes', async () => {
    const answer = await house.send('/bad-cookie')
    expect([answer.status, answer.cookies]).toEqual([500, []])
  })

  test('a file name cannot leave its quotes', async () => {
    const { headers } = await house.send('/download')
    expect(headers['content-disposition']).toBe('attachment; filename="..__evil___.csv"')
  })
})

describe('static files', () => {
  test('are kept for a while and then only confirmed', async () => {
    const first = await house.send('/assets/placet.css')
    expect(first.headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8' })
    const etag = first.headers.etag ?? ''
    for (const sent of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const again = await house.send('/assets/placet.css', { headers: { 'if-none-match': sent } })
      expect([sent, again.status, again.text, again.headers.etag]).toEqual([sent, 304, '', etag])
    }
    expect((await house.send('/assets/placet.css', { headers: { 'if-none-match': '"old"' } })).status).toBe(
      200,
    )
  })

  test('carry no cookie, for a shared cache would hand it to everybody', async () => {
    expect((await house.send('/page', { headers: pages })).cookies).toHaveLength(1)
    expect((await house.send('/assets/placet.css', { headers: pages })).cookies).toEqual([])
    expect((await house.send('/page', { headers: { accept: '*/*' } })).cookies).toEqual([])
  })
})

describe('problems', () => {
  test.each([
    ['/unknown', 404, 'thing-unknown'],
    ['/nowhere', 404, 'page-not-found'],
    ['/refused', 403, 'power-missing'],
    ['/conflict', 409, 'changed'],
    ['/gone', 410, 'expired'],
    ['/unauthenticated', 401, 'sign-in-needed'],
    ['/step-up', 401, 'step-up-needed'],
    ['/broken', 500, 'internal'],
    ['/teapot', 500, 'internal'],
  ])('%s is %i %s, as problem details for programs and as a page for people', async (path, status, code) => {
    const program = await house.send(path, { headers: { accept: 'application/json' } })
    expect([program.status, program.headers['content-type']]).toEqual([status, 'application/problem+json'])
    const problem = JSON.parse(program.text)
    expect(problem).toMatchObject({ status, code, requestId: program.headers['x-request-id'] })
    expect(problem.reference).toMatch(/^[B-Z2-9]{4}-[B-Z2-9]{4}$/)
    const person = await house.send(path, { headers: pages })
    expect([person.status, person.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8'])
    expect(person.text).toMatch(new RegExp(`^<h1>${code}</h1>[B-Z2-9]{4}-[B-Z2-9]{4}$`))
  })

  test('programs are told in JSON under /api, and whenever they ask for no page', async () => {
    expect((await house.send('/api/nowhere', { headers: pages })).headers['content-type']).toBe(
      'application/problem+json',
    )
    for (const accept of ['*/*', 'image/png', '']) {
      const { headers } = await house.send('/unknown', { headers: { accept } })
      expect(headers['content-type']).toBe('application/problem+json')
    }
  })

  test('a cause is logged under the reference and never told (R101)', async () => {
    house.seen.logged.length = 0
    const answer = await house.send('/broken', { headers: pages })
    expect(answer.text).not.toContain('ana@')
    const [[level, event, fields, error] = []] = house.seen.logged
    expect([level, event]).toEqual(['error', 'http.failed'])
    expect(fields).toMatchObject({ status: 500, code: 'internal', route: '/broken' })
    expect(answer.text).toContain((fields as { reference: string }).reference)
    expect(error).toBeInstanceOf(Error)
  })

  test('say when to come back, in whole seconds and never at once', async () => {
    expect((await house.send('/slower')).headers['retry-after']).toBe('13')
    expect((await house.send('/later')).headers['retry-after']).toBe('1')
  })

  test('a broken error page does not hide the problem', async () => {
    const answer = await house.send('/page-breaks', { headers: pages })
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, 'page-breaks'])
  })

  test('half an answer is broken off, never finished with something else', async () => {
    await expect(house.send('/half')).rejects.toThrow(/aborted|hang up|ECONNRESET/)
  })

  test('metrics hear the name of the route, never its path', async () => {
    house.seen.answered.length = 0
    await house.send('/page')
    await house.send('/users/ana@example.org')
    expect(house.seen.answered.map(({ route, status }) => [route, status])).toEqual([
      ['page', 200],
      ['unknown', 404],
    ])
  })
})

test('a status that a route does not declare fails in tests, and is sent and told in production', async () => {
  const routes = [get('/page', async () => json({}, 202))]
  const strict = await openHouse({ routes, strict: true })
  expect((await strict.send('/page')).status).toBe(500)
  await strict.server.close(100)
  const lenient = await openHouse({ routes, strict: false })
  expect((await lenient.send('/page')).status).toBe(202)
  expect(lenient.seen.undeclared).toEqual([['page', 202]])
  await lenient.server.close(100)
})

test('two routes under one address are found at the start', async () => {
  const twice = [get('/page', async () => page('1')), get('/page', async () => page('2'))]
  await expect(openHouse({ routes: twice })).rejects.toThrow('Two routes answer GET /page.')
})

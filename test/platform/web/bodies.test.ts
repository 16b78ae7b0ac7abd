import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { json } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'
import { type House, openHouse } from './small-house.ts'

let house: House
beforeAll(async () => {
  const echo = (name: string, type: 'form' | 'json', schema: z.ZodType) =>
    defineRoute({
      name,
      method: 'POST',
      path: `/${name}`,
      caller: { who: 'anyone' },
      body: { type, schema },
      answers: [200],
      handle: async (request) => json(request.body),
    })
  house = await openHouse({
    routes: [
      echo('any-form', 'form', z.unknown()),
      echo('any-json', 'json', z.unknown()),
      echo('profile', 'json', z.strictObject({ given_name: z.string().max(20), tags: z.array(z.string()) })),
      defineRoute({
        name: 'one',
        method: 'PATCH',
        path: '/things/:id',
        caller: { who: 'anyone' },
        params: z.strictObject({ id: z.string().regex(/^[a-z]+$/, 'code:id-shape') }),
        query: z.strictObject({ page: z.coerce.number().max(200).optional() }),
        answers: [200],
        handle: async ({ params, query }) => json({ params, query }),
      }),
    ],
  })
})
afterAll(() => house.server.close(100))

const codeOf = (text: string) => JSON.parse(text).code

describe('a form', () => {
  test('arrives flat and unrepaired: dots and brackets are letters of a name', async () => {
    const answer = await house.post(
      '/any-form',
      'choice.newsletter=yes&a[b]=1&n=uno+dos%20%C3%B1&t=1&t=2&t=3&e=&f',
    )
    expect(JSON.parse(answer.text)).toEqual({
      'choice.newsletter': 'yes',
      'a[b]': '1',
      n: 'uno dos ñ',
      t: ['1', '2', '3'],
      e: '',
      f: '',
    })
  })

  test('may be empty, and never shows its token to the handler', async () => {
    expect((await house.post('/any-form', '')).text).toBe('{}')
    expect((await house.post('/any-form', '_csrf=x&a=1')).text).toBe('{"a":"1"}')
  })

  test.each([
    ['half an escape', 'name=%', 'body-not-a-form'],
    ['escaped bytes that are not UTF-8', 'name=%FF', 'body-not-a-form'],
    ['a NUL, which no text column takes', 'name=%00', 'body-not-text'],
    ['a name that changes objects', '__proto__=x', 'body-not-text'],
    ['a thousand and one fields', 'a=1&'.repeat(1_001), 'too-many-fields'],
  ])('with %s is refused', async (_, fields, code) => {
    const answer = await house.post('/any-form', fields)
    expect([answer.status, codeOf(answer.text)]).toEqual([400, code])
  })
})

describe('a JSON body', () => {
  test.each([
    ['cut off', '{"a":', 'body-not-json'],
    ['a bare word', 'true', 'body-not-json'],
    ['nothing', '', 'body-not-json'],
    ['a NUL', '{"a":"\\u0000"}', 'body-not-text'],
    ['half a surrogate pair', '{"a":"\\ud800"}', 'body-not-text'],
    ['__proto__', '{"a":{"__proto__":{"admin":true}}}', 'body-not-text'],
  ])('that is %s is refused and not quoted', async (_, body, code) => {
    const answer = await house.postJson('/any-json', body)
    expect([answer.status, codeOf(answer.text)]).toEqual([400, code])
  })

  test('may be twenty levels deep and not one more (R108)', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect((await house.postJson('/any-json', nested(20))).status).toBe(200)
    expect(codeOf((await house.postJson('/any-json', nested(21))).text)).toBe('body-too-deep')
    expect(codeOf((await house.postJson('/any-json', nested(32_000))).text)).toBe('body-too-deep')
  })

  test('in Latin-1, compressed, or of another type is refused', async () => {
    const send = (headers: Record<string, string>, body: string | Uint8Array) =>
      house.send('/any-json', {
        method: 'POST',
        headers: { ...house.ownForm, 'content-type': 'application/json', ...headers },
        body,
      })
    expect((await send({}, Buffer.from('{"a":"\xf1"}', 'latin1'))).status).toBe(400)
    expect((await send({ 'content-type': 'application/json; charset=iso-8859-1' }, '{}')).status).toBe(415)
    expect((await send({ 'content-type': 'application/json; charset=UTF-8' }, '{}')).status).toBe(200)
    expect((await send({ 'content-encoding': 'gzip' }, gzipSync('{}'))).status).toBe(415)
    expect((await send({ 'content-type': 'application/vnd.api+json' }, '{}')).status).toBe(415)
  })
})

describe('64 KiB (R108)', () => {
  const limit = 64 * 1024
  test('is enough, and a byte more is too much, announced or not', async () => {
    expect((await house.post('/any-form', `a=${'x'.repeat(limit - 2)}`)).status).toBe(200)
    const announced = await house.post('/any-form', `a=${'x'.repeat(limit - 1)}`)
    expect([announced.status, codeOf(announced.text)]).toEqual([413, 'body-too-large'])
    const chunked = await house.post('/any-form', `a=${'x'.repeat(limit - 1)}`, {
      'transfer-encoding': 'chunked',
    })
    expect(chunked.status).toBe(413)
  })

  test('a body that ends too early is nobody’s failure', async () => {
    const head = [
      'POST /any-form HTTP/1.1',
      `Host: ${house.issuer.host}`,
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 100',
      '',
      'a=1',
    ].join('\r\n')
    await new Promise<void>((resolve) => {
      const socket = connect(house.server.port, '127.0.0.1', () => socket.write(head, () => socket.destroy()))
      socket.on('close', () => resolve())
    })
    await expect
      .poll(() => house.seen.logged.flat())
      .toContainEqual(expect.objectContaining({ code: 'body-interrupted', status: 400 }))
    expect(house.seen.logged.filter(([level]) => level === 'error')).toEqual([])
  })
})

describe('shapes (R106)', () => {
  test('unknown fields are refused, and every wrong field is named, without a value of it', async () => {
    const answer = await house.postJson('/profile', {
      given_name: 'x'.repeat(21),
      tags: ['a', 5],
      email_verified: true,
    })
    expect(answer.status).toBe(422)
    const problem = JSON.parse(answer.text)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(problem).toMatchObject({
      type: `${house.issuer.origin}/problems/invalid-input`,
      status: 422,
      code: 'invalid-input',
    })
    expect(problem.errors).toEqual([
      { pointer: '/given_name', code: 'input.too_big' },
      { pointer: '/tags/1', code: 'input.invalid_type' },
      { pointer: '/body', code: 'input.unrecognized_keys' },
    ])
    expect(answer.text).not.toContain('xxxx')
  })

  test('path and query are parsed as well', async () => {
    const ask = (path: string) => house.send(path, { method: 'PATCH', headers: house.ownForm })
    expect((await ask('/things/abc?page=3')).text).toBe('{"params":{"id":"abc"},"query":{"page":3}}')
    const wrong = JSON.parse((await ask('/things/123')).text)
    expect(wrong.errors).toEqual([{ pointer: '/id', code: 'id-shape' }])
    expect((await ask('/things/abc?page=201')).status).toBe(422)
    expect((await ask('/things/abc?page=1&page=2')).status).toBe(422)
    expect((await ask('/things/abc?admin=1')).status).toBe(422)
  })
})

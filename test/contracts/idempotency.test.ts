import type { Knex } from 'knex'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../../src/kernel/actor.ts'
import { invalid } from '../../src/kernel/errors.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { pgIdempotency } from '../../src/platform/db/pg-idempotency.ts'
import { openPipelinedReader, type PipelinedReader } from '../../src/platform/db/pipelined-reader.ts'
import { json, noContent } from '../../src/platform/web/answer.ts'
import { defineRoute } from '../../src/platform/web/define-route.ts'
import type { IdempotencyStore } from '../../src/platform/web/idempotency.ts'
import { type House, openHouse } from '../platform/web/small-house.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const bruno = '0198c0de-0000-7000-8000-00000000b0b0' as SubjectId
const ana = '0198c0de-0000-7000-8000-00000000a0a0' as SubjectId

let database: TestDatabase
let owner: Knex
let readers: PipelinedReader[]
/** Two processes: each with its own connection, its own store and its own server. */
let houses: House[]
let effects: string[] = []
let hold: Promise<void> = Promise.resolve()

const commands = (store: IdempotencyStore) =>
  openHouse({
    idempotency: store,
    gatekeepers: {
      client: async ({ req }) => ({
        actor: { kind: 'client', clientId: String(req.headers['x-test-client'] ?? 'shop') } satisfies Actor,
        authenticatedAt: new Date(0),
      }),
      clientMay: () => true,
    },
    routes: [
      defineRoute({
        name: 'record',
        method: 'POST',
        path: '/subjects/:subject/choices',
        caller: { who: 'client', scope: 'choices' },
        params: z.object({ subject: z.string() }),
        query: z.object({ dry: z.string().optional() }),
        body: { type: 'json', schema: z.object({ answer: z.string(), at: z.string().optional() }) },
        idempotency: 'required',
        answers: [200, 201, 204],
        handle: async ({ params, body }) => {
          await hold
          if (body.answer === 'maybe') throw invalid('answer-unknown', 'Yes or no.')
          effects.push(`${params.subject} ${body.answer}`)
          if (body.answer === 'nothing') return noContent
          return json({ z: 1.5, receipt: `r-${effects.length}`, a: [1e21, '\u0000ñ'] }, 201)
        },
      }),
    ],
  })

beforeAll(async () => {
  database = await createTestDatabase()
  owner = openLane(database.connection, 'look', 1)
  readers = ['one', 'two'].map((lane) => openPipelinedReader(database.appConnection, lane, 1))
  houses = await Promise.all(readers.map((reader) => commands(pgIdempotency(reader))))
})
beforeEach(async () => {
  effects = []
  hold = Promise.resolve()
  await owner.raw('truncate idempotency_keys')
})
afterAll(async () => {
  for (const house of houses) await house.server.close(100)
  for (const reader of readers) await reader.close()
  await owner.destroy()
  await database.drop()
})

const send = (
  key: string,
  body: object | string = { answer: 'yes' },
  { path = `/subjects/${ana}/choices`, process = 0, client = 'shop' } = {},
) =>
  houses[process]!.send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-test-client': client },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const codeOf = (reply: { text: string }) => JSON.parse(reply.text).code

describe('a command with an Idempotency-Key (R92)', () => {
  test('sent fifty times at once to two processes happens once, and everybody gets the same answer', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        for (;;) {
          const reply = await send('command-1', undefined, { process: index % 2 })
          if (reply.status !== 409) return reply
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      }),
    )
    expect(effects).toEqual([`${ana} yes`])
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set([`201 {"z":1.5,"receipt":"r-1","a":[1e+21,"\\u0000ñ"]}`]),
    )
  })

  test('negative control: without a store each of the fifty happens', async () => {
    const open = await commands({
      claim: async () => ({ state: 'fresh' }),
      complete: async () => {},
      release: async () => {},
    })
    houses.push(open)
    await Promise.all(Array.from({ length: 50 }, () => send('command-1', undefined, { process: 2 })))
    expect(effects).toHaveLength(50)
  })

  test('is in flight until it is answered: 409', async () => {
    let go = () => {}
    hold = new Promise((resolve) => {
      go = resolve
    })
    const first = send('command-2')
    await expect.poll(async () => (await owner('idempotency_keys')).length).toBe(1)
    const second = await send('command-2', undefined, { process: 1 })
    expect([second.status, codeOf(second)]).toEqual([409, 'request-in-flight'])
    go()
    expect((await first).status).toBe(201)
  })

  test('with the same key and anything else in it is refused: body, path or query', async () => {
    await send('command-3')
    const others = [
      await send('command-3', { answer: 'no' }),
      await send('command-3', undefined, { path: `/subjects/${bruno}/choices` }),
      await send('command-3', undefined, { path: `/subjects/${ana}/choices?dry=1` }),
    ]
    expect(others.map((one) => [one.status, codeOf(one)])).toEqual(
      Array(3).fill([422, 'idempotency-key-reused']),
    )
    expect(effects).toEqual([`${ana} yes`])
  })

  test('is the same command however its members are ordered', async () => {
    await send('command-4', '{"answer":"yes","at":"noon"}')
    const again = await send('command-4', '{ "at": "noon", "answer": "yes" }')
    expect([again.status, effects.length]).toEqual([201, 1])
  })

  test('belongs to its caller: another client with the same key is somebody else', async () => {
    await send('command-5')
    await send('command-5', undefined, { client: 'mailing' })
    expect(effects).toHaveLength(2)
  })

  test('that failed may be sent again, and is not answered from memory', async () => {
    const refused = await send('command-6', { answer: 'maybe' })
    expect(refused.status).toBe(422)
    expect(await owner('idempotency_keys')).toEqual([])
    expect((await send('command-6')).status).toBe(201)
  })

  test('that answers nothing answers nothing again', async () => {
    const replies = [
      await send('command-7', { answer: 'nothing' }),
      await send('command-7', { answer: 'nothing' }),
    ]
    expect(replies.map(({ status, text }) => [status, text])).toEqual(Array(2).fill([204, '']))
    expect(effects).toHaveLength(1)
  })

  test.each(['', 'short', 'x'.repeat(129), 'with space'])('needs a proper key; %j is none', async (key) => {
    const reply = await send(key)
    expect([reply.status, codeOf(reply)]).toEqual([422, 'idempotency-key-missing'])
  })

  test('left behind by a process that died is free after two minutes, not before', async () => {
    const age = (by: string) => owner.raw(`update idempotency_keys set created_at = now() - interval '${by}'`)
    await pgIdempotency(readers[0]!).claim('client:shop record', Buffer.alloc(32), Buffer.alloc(32))
    const claim = () =>
      pgIdempotency(readers[1]!).claim('client:shop record', Buffer.alloc(32), Buffer.alloc(32))
    await age('119 seconds')
    expect(await claim()).toEqual({ state: 'running' })
    await age('121 seconds')
    const [one, two] = await Promise.all([claim(), claim()])
    expect([one.state, two.state].sort()).toEqual(['fresh', 'running'])
  })

  test('whose answer could not be kept stays claimed, so that it cannot happen twice', async () => {
    const store = pgIdempotency(readers[0]!)
    const broken = await commands({ ...store, complete: () => Promise.reject(new Error('no disk')) })
    houses.push(broken)
    const process = houses.length - 1
    const reply = await send('command-8', undefined, { process })
    expect([reply.status, codeOf(reply)]).toEqual([503, 'outcome-unknown'])
    expect((await send('command-8', undefined, { process })).status).toBe(409)
    expect(effects).toHaveLength(1)
  })
})

test('no secret of a caller is in the table: keys and requests are hashed', async () => {
  await send('command-secret-9', { answer: 'yes-and-more' })
  const rows = await owner('idempotency_keys')
  expect(JSON.stringify(rows)).not.toMatch(/command-secret-9|yes-and-more/)
})

import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { arrangeSubject, openPool } from '../support/arrange.ts'
import {
  arrangeTerminal,
  type Kiosk,
  kioskCalls,
  phone,
  type Started,
  visitor,
} from '../support/device-flow.ts'
import { type House, openHouse } from '../support/house.ts'
import { makeKey } from '../support/keys.ts'
import { type ServingProcess, serveInProcess } from '../support/two-processes.ts'

/* What a flow allows once, asked for by many hands at the same moment on two processes. */
let database: TestDatabase
let db: pg.Pool
let house: House
let other: ServingProcess
let kiosk: Kiosk
let calls: ReturnType<typeof kioskCalls>
let people: readonly SubjectId[]

beforeAll(async () => {
  database = await createTestDatabase()
  db = openPool(database.connection)
  kiosk = await arrangeTerminal(db, 'gran-via-kiosk-3', await makeKey())
  people = await Promise.all(Array.from({ length: 20 }, () => arrangeSubject(db)))
  house = await openHouse(database.appConnection)
  other = await serveInProcess({ connection: JSON.stringify(database.appConnection), issuer: house.issuer })
  calls = kioskCalls(house.issuer)
})
afterAll(async () => {
  await other?.close()
  await house?.close()
  await db?.end()
  await database?.drop()
})
beforeEach(() => db.query('delete from rate_limits'))

const ana = () => people[0] as SubjectId
const originOf = (at: number) => (at % 2 === 0 ? house.origin : other.origin)
const together = <Answer>(count: number, one: (at: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, at) => one(at)))
const stateOf = async (column = 'state') =>
  (await db.query(`select ${column} as found from oidc_device_flows order by started_at desc limit 1`))
    .rows[0]?.found
const isFlow = (answer: unknown) => typeof answer === 'object'

describe('many hands on two processes', () => {
  it('forty codes started at once are forty different ones, and none is in the table in clear (R39)', async () => {
    const started = await together(40, async (at) => {
      const answer = await calls.ask(kiosk, { origin: originOf(at) })
      return (await answer.json()) as Started
    })
    for (const part of ['user_code', 'device_code'] as const) {
      const made = started.map((one) => one[part])
      expect(made.filter((one) => one === undefined)).toEqual([])
      expect(new Set(made).size).toBe(40)
    }
    const { rows } = await db.query('select row_to_json(f)::text as row from oidc_device_flows f')
    const stored = rows.map(({ row }) => row).join('')
    for (const { user_code: code, device_code: device } of started) {
      expect(stored).not.toContain(code.replace('-', ''))
      expect(stored).not.toContain(device)
    }
    await db.query('delete from oidc_device_flows')
  })

  it('twenty accounts open one code: at most one holds it for a moment, and then nobody does (R44, R47)', async () => {
    const started = await calls.start(kiosk)
    const answers = await together(20, (at) =>
      phone(originOf(at), 'open', started.user_code, visitor(people[at] as SubjectId)),
    )
    expect(answers.filter(isFlow)).toHaveLength(1)
    expect(new Set(answers.filter((one) => !isFlow(one)))).toEqual(new Set(['no-such-code']))
    expect(await stateOf()).toBe('killed')
    const alarms = await db.query(`select 1 from outbox_events where type = 'device-flow.killed'`)
    expect(alarms.rows).toHaveLength(1)
  })

  it('one account opens it twenty times: it is hers, once', async () => {
    const started = await calls.start(kiosk)
    const answers = await together(5, (at) => phone(originOf(at), 'open', started.user_code, visitor(ana())))
    expect(answers.every((one) => isFlow(one) || one === 'too-many')).toBe(true)
    expect(await stateOf()).toBe('claimed')
  })

  it('fifty approvals of one code give one grant', async () => {
    const started = await calls.start(kiosk)
    await phone(house.origin, 'open', started.user_code, visitor(ana()))
    const number = Number(started.binding_number)
    const answers = await together(50, (at) =>
      // Of each session few are let through at once; here each comes from a session of its own.
      phone(
        originOf(at),
        'approve',
        started.user_code,
        visitor(ana(), { sessionRef: `session-${at}` }),
        number,
      ),
    )
    expect(answers.some(isFlow)).toBe(true)
    expect(answers.every((one) => isFlow(one) || one === 'too-many')).toBe(true)
    const grants = await db.query('select 1 from oidc_grants where client_id = $1', [kiosk.clientId])
    expect(grants.rows).toHaveLength(1)
  })

  it('a yes and a no at once: one of them holds, and tokens come of a yes alone', async () => {
    for (let round = 0; round < 5; round += 1) {
      await db.query('delete from rate_limits')
      const started = await calls.start(kiosk)
      await phone(house.origin, 'open', started.user_code, visitor(ana()))
      const number = Number(started.binding_number)
      await together(4, (at) =>
        phone(
          originOf(at),
          at < 2 ? 'approve' : 'report',
          started.user_code,
          visitor(ana(), { sessionRef: `round-${round}-${at}` }),
          number,
        ),
      )
      expect(await stateOf()).toBe('killed')
      expect((await calls.poll(kiosk, started.device_code)).status).toBe(400)
      const left = await db.query(`select 1 from oidc_tokens where kind = 'AccessToken' and client_id = $1`, [
        kiosk.clientId,
      ])
      expect(left.rows).toHaveLength(0)
    }
  })

  it('twenty questions at once: one is in time, the others slow down, and no tokens are lost by it (R45)', async () => {
    const started = await calls.start(kiosk)
    const pending = await together(20, (at) =>
      calls.poll(kiosk, started.device_code, { origin: originOf(at) }),
    )
    const errors = pending.map(({ body }) => body['error'])
    expect(errors.filter((error) => error === 'authorization_pending')).toHaveLength(1)
    expect(errors.filter((error) => error === 'slow_down')).toHaveLength(19)

    await phone(house.origin, 'open', started.user_code, visitor(ana()))
    await phone(house.origin, 'approve', started.user_code, visitor(ana()), Number(started.binding_number))
    await db.query(`update oidc_device_flows set polled_at = null, interval_seconds = 5`)
    const answers = await together(20, (at) =>
      calls.poll(kiosk, started.device_code, { origin: originOf(at) }),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = await db.query(`select 1 from oidc_tokens where kind = 'AccessToken' and client_id = $1`, [
      kiosk.clientId,
    ])
    expect(left.rows).toHaveLength(1)
  })

  it('twenty redemptions that nobody slowed down: one gets tokens, and they die with the others (R7)', async () => {
    const started = await calls.start(kiosk)
    await phone(house.origin, 'open', started.user_code, visitor(ana()))
    await phone(house.origin, 'approve', started.user_code, visitor(ana()), Number(started.binding_number))
    await db.query(`update oidc_device_flows set polled_at = null, interval_seconds = -3600`)
    const answers = await together(20, (at) =>
      calls.poll(kiosk, started.device_code, { origin: originOf(at) }),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of answers.filter((one) => one.status !== 200)) {
      expect({ status, error: body['error'] }).toEqual({ status: 400, error: 'invalid_grant' })
    }
    expect(await stateOf()).toBe('redeemed')
  })

  it('a redemption and “that was not me” at once leave no token behind (R47)', async () => {
    for (let round = 0; round < 5; round += 1) {
      await db.query('delete from rate_limits')
      const started = await calls.start(kiosk)
      await phone(house.origin, 'open', started.user_code, visitor(ana()))
      await phone(house.origin, 'approve', started.user_code, visitor(ana()), Number(started.binding_number))
      await Promise.all([
        calls.poll(kiosk, started.device_code, { origin: other.origin }),
        phone(house.origin, 'report', started.user_code, visitor(ana())),
      ])
      expect(await stateOf()).toBe('killed')
      const left = await db.query(
        `select 1 from oidc_tokens t join oidc_device_flows f on f.grant_id = t.grant_id
          where t.kind = 'AccessToken' and f.state = 'killed'`,
      )
      expect(left.rows).toHaveLength(0)
    }
  })
})

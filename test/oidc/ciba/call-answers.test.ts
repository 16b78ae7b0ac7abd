import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { arrangeSubject } from '../support/arrange.ts'
import { answerCall, type CallCentre, openCallCentre, visitorOf } from '../support/call-centre.ts'
import { type ServingProcess, serveInProcess } from '../support/two-processes.ts'

/* What customers answer, what protects them from being asked too often, and what many hands at once may do. */
let centre: CallCentre
let other: ServingProcess

beforeAll(async () => {
  centre = await openCallCentre()
  other = await serveInProcess({
    connection: JSON.stringify(centre.database.appConnection),
    issuer: centre.house.issuer,
  })
})
afterAll(async () => {
  await other?.close()
  await centre?.close()
})
beforeEach(() => centre.tidy())

const originOf = (at: number) => (at % 2 === 0 ? centre.house.origin : other.origin)
const together = <Answer>(count: number, one: (at: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, at) => one(at)))
const settle = (state: string) =>
  centre.db.query(`update oidc_call_requests set state = $1 where state = 'pending'`, [state])
const stateNow = async () =>
  (await centre.db.query('select state from oidc_call_requests')).rows.map(({ state }) => state)
const tokensLeft = async () =>
  (await centre.db.query(`select 1 from oidc_tokens where kind = 'AccessToken'`)).rows.length

describe('a customer', () => {
  it('is told three times in ten minutes at most, whoever asks (R52)', async () => {
    for (let at = 0; at < 5; at += 1) {
      await centre.ask(`person:${centre.ana}`, {}, at % 2 === 0 ? 'call-centre' : 'other-centre')
      await centre.house.calls.settled()
      await settle('declined')
    }
    expect(centre.house.calls.prompts).toHaveLength(3)
    expect(await centre.entries('oidc.call-prompt-held-back')).toHaveLength(2)
    await centre.db.query(`update oidc_call_requests set prompted_at = prompted_at - interval '11 minutes'`)
    await centre.ring(centre.ana)
    expect(centre.house.calls.prompts).toHaveLength(4)
  })

  it('has one request to answer at a time; the next one waits unseen (R52)', async () => {
    const first = await centre.ring(centre.ana)
    const second = await centre.ask(`person:${centre.ana}`)
    await centre.house.calls.settled()
    expect(centre.house.calls.prompts).toHaveLength(1)
    expect((await centre.pollInTime(String(second.body['auth_req_id']))).body).toMatchObject({
      error: 'authorization_pending',
    })
    await centre.answer('decline', first.link)
    await centre.ring(centre.ana)
    expect(centre.house.calls.prompts).toHaveLength(2)
  })

  it('who says “that was not me” ends it with all it gave, is not asked by that client again, and alarms (R52)', async () => {
    const { id, link } = await centre.ring(centre.ana)
    await centre.answer('approve', link)
    const { body } = await centre.pollInTime(id)
    expect(await centre.answer('report', link)).toMatchObject({ state: 'reported' })
    expect(
      (await centre.post('/oidc/introspect', 'call-centre', { token: String(body['access_token']) })).body,
    ).toEqual({ active: false })
    const alarms = await centre.db.query(
      `select payload from outbox_events where type = 'call-approval.reported'`,
    )
    expect(alarms.rows).toEqual([
      { payload: { clientId: 'call-centre', agent: `staff:${centre.agent}`, touchpointId: null } },
    ])
    expect(await centre.entries('oidc.call-reported')).toHaveLength(1)
    await centre.ask(`person:${centre.ana}`)
    await centre.house.calls.settled()
    expect(centre.house.calls.prompts).toHaveLength(1)
    await centre.ring(centre.ana, {}, 'other-centre')
    expect(centre.house.calls.prompts).toHaveLength(2)
  })

  it('alone opens what was sent to them: another account finds nothing, and says nothing (R56)', async () => {
    const { id, link } = await centre.ring(centre.ana)
    for (const step of ['open', 'approve', 'decline', 'report'] as const) {
      expect(await centre.answer(step, link, visitorOf(centre.bruno))).toBe('no-such-request')
      expect(await centre.answer(step, 'x'.repeat(43))).toBe('no-such-request')
    }
    expect(await stateNow()).toEqual(['pending'])
    expect((await centre.pollInTime(id)).body).toMatchObject({ error: 'authorization_pending' })
  })

  it('says yes with a passkey of the last five minutes, and with nothing less (R56)', async () => {
    const { link } = await centre.ring(centre.ana)
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
    for (const who of [
      { assurance: 'password' },
      { assurance: 'code' },
      { authenticatedAt: ago(301) },
    ] as const) {
      expect(await centre.answer('approve', link, visitorOf(centre.ana, who))).toBe('sign-in-too-old')
    }
    expect(await centre.answer('approve', link)).toMatchObject({ state: 'approved' })
  })

  it('answers in time, and the first answer holds (R53)', async () => {
    const { id, link } = await centre.ring(centre.ana)
    await centre.answer('decline', link)
    expect(await centre.answer('approve', link)).toMatchObject({ state: 'declined' })
    expect((await centre.pollInTime(id)).body).toMatchObject({ error: 'access_denied' })

    const late = await centre.ring(centre.ana)
    await centre.db.query(`update oidc_call_requests set request_expires_at = now() - interval '1 second'`)
    expect(await centre.answer('approve', late.link)).toMatchObject({ state: 'expired' })
    expect(await centre.answer('decline', late.link)).toMatchObject({ state: 'expired' })
    expect(await tokensLeft()).toBe(0)
  })
})

describe('many hands on two processes', () => {
  it('forty answers at once: one holds, and everybody is told that one (R52)', async () => {
    const { id, link } = await centre.ring(centre.ana)
    const answers = await together(40, (at) =>
      answerCall(originOf(at), at % 4 < 2 ? 'approve' : 'decline', link, visitorOf(centre.ana)),
    )
    const states = new Set(answers.map((one) => (typeof one === 'string' ? one : one.state)))
    expect(states.size).toBe(1)
    const [held] = states
    const grants = await centre.db.query('select 1 from oidc_grants')
    expect(grants.rows).toHaveLength(held === 'approved' ? 1 : 0)
    expect((await centre.pollInTime(id)).status).toBe(held === 'approved' ? 200 : 400)
  })

  it('twenty requests about one person at once: one message leaves (R52)', async () => {
    const fields = {
      scope: 'openid',
      login_hint: `person:${centre.ana}`,
      binding_message: 'LUNA-4821',
      acting_agent: centre.agent,
    }
    const asked = await together(20, (at) =>
      centre.post('/oidc/backchannel', 'call-centre', fields, originOf(at)),
    )
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(20)
    await vi.waitFor(
      async () => {
        const held = await centre.entries('oidc.call-prompt-held-back')
        expect(held.length + (await centre.entries('oidc.call-prompted')).length).toBe(20)
      },
      { timeout: 10_000 },
    )
    const told = await centre.db.query('select 1 from oidc_call_requests where prompted_at is not null')
    expect(told.rows).toHaveLength(1)
    expect(centre.house.calls.troubles).toEqual([])
  })

  it('twenty redemptions that nobody slowed down: one gets tokens, and they die with the others (R53)', async () => {
    const { id, link } = await centre.ring(centre.ana)
    await centre.answer('approve', link)
    await centre.db.query('update oidc_call_requests set interval_seconds = -3600')
    const answers = await together(20, (at) => centre.poll(id, 'call-centre', originOf(at)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { body } of answers.filter(({ status }) => status !== 200)) {
      expect(body['error']).toBe('invalid_grant')
    }
    expect(await stateNow()).toEqual(['redeemed'])
  })

  it('twenty questions at once: one is in time, the others slow down (R53)', async () => {
    const { id } = await centre.ring(centre.ana)
    const answers = await together(20, (at) => centre.poll(id, 'call-centre', originOf(at)))
    const errors = answers.map(({ body }) => body['error'])
    expect(errors.filter((error) => error === 'authorization_pending')).toHaveLength(1)
    expect(errors.filter((error) => error === 'slow_down')).toHaveLength(19)
  })

  it('a redemption and “that was not me” at once leave no token behind (R52)', async () => {
    for (let round = 0; round < 5; round += 1) {
      await centre.tidy()
      const person = await arrangeSubject(centre.db)
      const { id, link } = await centre.ring(person)
      await centre.answer('approve', link, visitorOf(person))
      await Promise.all([
        centre.poll(id, 'call-centre', other.origin),
        centre.answer('report', link, visitorOf(person)),
      ])
      expect(await stateNow()).toEqual(['reported'])
      expect(await tokensLeft()).toBe(0)
    }
  })
})

import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agentReference } from '../../../src/oidc/index.ts'
import { arrangeClient, arrangeSubject, setState } from '../support/arrange.ts'
import {
  arrangeAgent,
  type CallCentre,
  cibaGrant,
  openCallCentre,
  visitorOf,
} from '../support/call-centre.ts'

/* Requests by telephone as a client and its agents make them, and what they may learn by it. */
let centre: CallCentre

beforeAll(async () => {
  centre = await openCallCentre()
})
afterAll(() => centre?.close())
beforeEach(() => centre.tidy())

const approved = async () => {
  const { id, link } = await centre.ring(centre.ana, { scope: 'openid profile' })
  await centre.answer('approve', link)
  const { status, body } = await centre.pollInTime(id)
  expect(status).toBe(200)
  return { id, link, body }
}

describe('who may ask', () => {
  it('is a client that registered the grant and proves who it is (R49)', async () => {
    const hint = `person:${centre.ana}`
    expect((await centre.ask(hint)).status).toBe(200)
    expect(await centre.ask(hint, {}, 'plain-web')).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    })
    const nobody = await fetch(`${centre.house.origin}/oidc/backchannel`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'call-centre', scope: 'openid', login_hint: hint }),
    })
    expect(nobody.status).toBe(401)
  })

  it('names an agent of today, or is refused before anything about people is looked at (R49)', async () => {
    const away = await arrangeAgent(centre.db)
    await centre.db.query(`update staff set state = 'disabled' where staff_id = $1`, [away])
    const officer = await arrangeAgent(centre.db, 'dpo')
    const before = centre.house.calls.statements.length
    for (const acting of [undefined, '', 'marta', away, officer, centre.ana]) {
      const { status, body } = await centre.ask(`person:${centre.ana}`, { acting_agent: acting })
      expect({ status, error: body['error'] }).toEqual({ status: 400, error: 'invalid_request' })
    }
    expect(centre.house.calls.statements).toHaveLength(before)
  })

  it('names an agent of the place where its client stands, where it stands somewhere (R49)', async () => {
    await centre.db.query(`insert into touchpoints (touchpoint_id, parent_id, kind, name) values
      ('madrid', null, 'region', 'Madrid'), ('madrid-desk-12', 'madrid', 'desk', 'Puesto 12'),
      ('sevilla', null, 'region', 'Sevilla')`)
    await arrangeClient(centre.db, {
      clientId: 'madrid-centre',
      metadata: {
        redirect_uris: [],
        grant_types: [cibaGrant],
        scope: 'openid',
        backchannel_token_delivery_mode: 'poll',
        touchpoint: 'madrid-desk-12',
      },
    })
    await centre.house.oidc.reloadClients()
    const asked = async (agent: string) =>
      (await centre.ask('nadie@example.com', { acting_agent: agent }, 'madrid-centre')).status
    expect(await asked(await arrangeAgent(centre.db, 'agent', 'madrid'))).toBe(200)
    expect(await asked(await arrangeAgent(centre.db, 'agent', 'sevilla'))).toBe(400)
    expect(await asked(centre.agent)).toBe(200)
    const [first] = await centre.entries('oidc.call-requested')
    expect(first).toMatchObject({ touchpoint: 'madrid-desk-12' })
  })

  it('goes on record with the agent, whoever it is about (R49)', async () => {
    await centre.ring(centre.ana)
    const [asked] = await centre.entries('oidc.call-requested')
    expect(asked).toMatchObject({ facts: { agent: `staff:${centre.agent}` } })
    const [told] = await centre.entries('oidc.call-prompted')
    expect(told).toMatchObject({ facts: { agent: `staff:${centre.agent}` }, stream: centre.ana })
  })
})

describe('a hint', () => {
  it('of somebody unknown, locked, without a device and known gets one answer on one path (R50)', async () => {
    const locked = await arrangeSubject(centre.db)
    await setState(centre.db, locked, 'locked')
    const without = await arrangeSubject(centre.db)
    await centre.db.query(`update subjects set language = 'zz' where subject_id = $1`, [without])
    const hints = [`person:${centre.ana}`, 'nadie@example.com', `person:${locked}`, `person:${without}`]
    const seen: unknown[] = []
    for (const hint of hints) {
      await centre.house.calls.settled()
      centre.house.roundTrips.length = 0
      centre.house.calls.statements.length = 0
      const said = await centre.ask(hint)
      // Up to here the answer had left: what follows is after it.
      const { auth_req_id: id, ...rest } = said.body
      expect(String(id)).toHaveLength(43)
      const insert = centre.house.calls.statements.findIndex((sql) => /^commit/i.test(sql))
      seen.push({
        status: said.status,
        rest,
        reads: [...centre.house.roundTrips],
        unit: centre.house.calls.statements.slice(0, insert + 1),
      })
      await centre.house.calls.settled()
    }
    for (const one of seen) expect(one).toEqual(seen[0])
    expect(seen[0]).toMatchObject({ status: 200, rest: { expires_in: 300, interval: 5 } })
    expect(centre.house.calls.prompts.map(({ subjectId }) => subjectId)).toEqual([centre.ana])
  })

  it('of nobody waits like any other and ends like any other (R50)', async () => {
    const ids = [
      (await centre.ask('nadie@example.com')).body,
      (await centre.ask(`person:${centre.ana}`)).body,
    ]
    for (const { auth_req_id: id } of ids) {
      expect((await centre.pollInTime(String(id))).body).toMatchObject({ error: 'authorization_pending' })
    }
    const rows = await centre.db.query('select subject_id from oidc_call_requests')
    expect(rows.rows).toHaveLength(2)
  })

  it('is asked about no more often than the documented quota of an agent allows (R50)', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 21; at += 1) statuses.push((await centre.ask(`nadie-${at}@example.com`)).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    const other = await arrangeAgent(centre.db)
    expect((await centre.ask('nadie@example.com', { acting_agent: other })).status).toBe(200)
  })

  it('comes alone: no other way of naming a person is taken', async () => {
    for (const more of [{ id_token_hint: 'x' }, { login_hint_token: 'x' }, { user_code: '1' }]) {
      const { status } = await centre.ask(`person:${centre.ana}`, more)
      expect(status).toBe(400)
    }
  })
})

describe('the words on both sides', () => {
  it('are needed, short and plain (R51)', async () => {
    for (const message of [undefined, '', 'dos palabras', '<b>', 'á', 'x'.repeat(21)]) {
      const { status, body } = await centre.ask(`person:${centre.ana}`, { binding_message: message })
      expect({ status, error: body['error'] }).toEqual({ status: 400, error: 'invalid_binding_message' })
    }
    for (const message of ['a', 'Aa0-._+/!?#'.padEnd(20, 'z')]) {
      expect((await centre.ask('x@example.com', { binding_message: message })).status).toBe(200)
    }
  })

  it('are shown to the customer with who asks, and the agent’s reference is no name (R51)', async () => {
    const { link, prompt } = await centre.ring(centre.ana)
    const reference = agentReference(centre.agent)
    expect(reference).toMatch(/^A-[0-9A-F]{6}$/)
    expect(prompt).toMatchObject({ bindingMessage: 'LUNA-4821', agentReference: reference })
    expect(await centre.answer('open', link)).toMatchObject({
      state: 'pending',
      bindingMessage: 'LUNA-4821',
      agentReference: reference,
      clientName: 'Atención al cliente',
    })
  })
})

describe('tokens', () => {
  it('say who acts, live ten minutes, and cannot be renewed (R49)', async () => {
    const { body } = await approved()
    const act = { sub: `staff:${centre.agent}`, client_id: 'call-centre' }
    expect(decodeJwt(String(body['id_token']))).toMatchObject({ sub: centre.ana, act })
    const introspected = await centre.post('/oidc/introspect', 'call-centre', {
      token: String(body['access_token']),
    })
    expect(introspected.body).toMatchObject({ active: true, act, sub: centre.ana })
    expect(Number(body['expires_in'])).toBeLessThanOrEqual(900)
    expect(body['refresh_token']).toBeUndefined()
  })

  it('carry what the one decision lets out at this moment, and nothing else', async () => {
    centre.house.world.released = { given_name: 'Ana' }
    const { body } = await approved()
    const me = async () =>
      (await fetch(`${centre.house.origin}/oidc/me`, {
        headers: { authorization: `Bearer ${String(body['access_token'])}` },
      }).then((answer) => answer.json())) as Record<string, unknown>
    expect(await me()).toMatchObject({ sub: centre.ana, given_name: 'Ana' })
    centre.house.world.released = {}
    expect(await me()).not.toHaveProperty('given_name')
  })

  it('are for the scopes the client registered', async () => {
    for (const scope of ['openid loyalty', 'openid kiosk']) {
      const { status, body } = await centre.ask(`person:${centre.ana}`, { scope })
      expect([status, scope, body['error']].join(' ')).toMatch(/^400 .* invalid_scope$/)
    }
  })
})

describe('a request', () => {
  it('is its client’s alone and works once (R53)', async () => {
    const { id, link } = await centre.ring(centre.ana)
    await centre.answer('approve', link)
    expect((await centre.poll(id, 'other-centre')).body).toMatchObject({ error: 'invalid_grant' })
    expect((await centre.pollInTime(id)).status).toBe(200)
    expect((await centre.pollInTime(id)).body).toMatchObject({ error: 'invalid_grant' })
  })

  it('asked about too soon is told to slow down, and the interval grows (R53)', async () => {
    const { id } = await centre.ring(centre.ana)
    expect((await centre.poll(id)).body).toMatchObject({ error: 'authorization_pending' })
    expect((await centre.poll(id)).body).toMatchObject({ error: 'slow_down' })
    const { rows } = await centre.db.query('select interval_seconds from oidc_call_requests')
    expect(rows).toEqual([{ interval_seconds: 10 }])
  })

  it('lives five minutes at most, and shorter where the client says so (R53)', async () => {
    expect((await centre.ask('x@example.com', { requested_expiry: '900' })).body['expires_in']).toBe(300)
    expect((await centre.ask('x@example.com', { requested_expiry: '60' })).body['expires_in']).toBe(60)
  })

  it('that was refused says so with a description', async () => {
    const { id, link } = await centre.ring(centre.ana)
    expect(await centre.answer('decline', link)).toMatchObject({ state: 'declined' })
    expect(await centre.pollInTime(id)).toEqual({
      status: 400,
      body: { error: 'access_denied', error_description: 'the customer refused the request' },
    })
  })

  it('gives nothing to whoever was locked or erased, or by an agent who left, since the yes (R55)', async () => {
    for (const state of ['locked', 'blocked', 'erased']) {
      const person = await arrangeSubject(centre.db)
      const { id, link } = await centre.ring(person)
      await centre.answer('approve', link, visitorOf(person))
      await setState(centre.db, person, state)
      expect((await centre.pollInTime(id)).body).toMatchObject({ error: 'invalid_grant' })
    }
    const leaving = await arrangeAgent(centre.db)
    const { id, link } = await centre.ring(centre.ana, { acting_agent: leaving })
    await centre.answer('approve', link)
    await centre.db.query('delete from staff_roles where staff_id = $1', [leaving])
    expect((await centre.pollInTime(id)).body).toMatchObject({ error: 'invalid_grant' })
  })
})

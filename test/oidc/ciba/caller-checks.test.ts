import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { arrangeSubject, setState } from '../support/arrange.ts'
import {
  arrangeAgent,
  type CallCentre,
  cibaGrant,
  openCallCentre,
  visitorOf,
} from '../support/call-centre.ts'
import { houseDesk } from '../support/call-house.ts'
import { type ServingProcess, serveInProcess } from '../support/two-processes.ts'

/* The house's own agents ask customers for proof on their own device: the same requests by call, and no token at the end. */
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

const checking = async (
  step: 'ask' | 'state' | 'redeem' | 'end',
  body: Record<string, unknown>,
  origin = centre.house.origin,
): Promise<unknown> => {
  const response = await fetch(`${origin}/check/${step}`, { method: 'POST', body: JSON.stringify(body) })
  if (response.status !== 200) throw new Error(`the desk got ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { answer: unknown }).answer
}

const ask = (subjectId: SubjectId, more: Record<string, unknown> = {}) =>
  checking('ask', {
    subjectId,
    agentId: centre.agent,
    bindingMessage: 'LUNA-4821',
    language: 'es',
    ...more,
  })

/** A check whose message has left: what the agent holds and what the customer's page is found by. */
const ring = async (subjectId: SubjectId, agentId = centre.agent) => {
  const asked = (await ask(subjectId, { agentId })) as { ref: string; expiresAt: string }
  await centre.house.calls.settled()
  const prompt = centre.house.calls.prompts.at(-1)
  return { ref: asked.ref, prompt, link: prompt?.path.replace('/call-approval/', '') ?? '' }
}
const state = (ref: string, agentId = centre.agent) => checking('state', { ref, agentId })
const end = (ref: string, agentId = centre.agent) => checking('end', { ref, agentId })
const redeem = (ref: string, agentId = centre.agent, origin = centre.house.origin) =>
  checking('redeem', { ref, agentId }, origin)

describe('a check on the customer’s own device', () => {
  it('is asked in the name of the house, and the customer’s yes is told once', async () => {
    const { ref, link, prompt } = await ring(centre.ana)
    expect(prompt).toMatchObject({
      subjectId: centre.ana,
      clientName: 'Atención al cliente de Tienda Norte',
      bindingMessage: 'LUNA-4821',
    })
    expect(await centre.answer('open', link)).toMatchObject({
      state: 'pending',
      clientName: 'Atención al cliente de Tienda Norte',
      agentReference: prompt?.agentReference,
    })
    expect(await state(ref)).toBe('pending')
    expect(await redeem(ref)).toBeNull()
    expect(await centre.answer('approve', link)).toMatchObject({ state: 'approved' })
    expect(await state(ref)).toBe('approved')
    expect(await redeem(ref)).toEqual({ subjectId: centre.ana })
    expect(await redeem(ref)).toBeNull()
    expect(await state(ref)).toBe('approved')
  })

  it('makes no token, no grant and no request of the engine (R56)', async () => {
    const { ref, link } = await ring(centre.ana)
    await centre.answer('approve', link)
    const atEndpoint = await fetch(`${centre.house.origin}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: houseDesk, grant_type: cibaGrant, auth_req_id: ref }),
    })
    expect(atEndpoint.status).toBe(400)
    expect(
      await centre.post('/oidc/token', 'call-centre', { grant_type: cibaGrant, auth_req_id: ref }),
    ).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    await redeem(ref)
    for (const table of ['oidc_tokens', 'oidc_grants', 'oidc_call_pings']) {
      expect((await centre.db.query(`select 1 from ${table}`)).rows).toEqual([])
    }
    // The control: a client's request leaves both.
    const client = await centre.ring(centre.bruno)
    await centre.answer('approve', client.link, visitorOf(centre.bruno))
    expect((await centre.db.query('select 1 from oidc_grants')).rows).toHaveLength(1)
  })

  it('names its agent in each entry, and the customer’s own list has what they saw and what came of it (R49)', async () => {
    const { ref, link } = await ring(centre.ana)
    await centre.answer('approve', link)
    await redeem(ref)
    const agent = `staff:${centre.agent}`
    const [asked] = await centre.entries('oidc.call-requested')
    expect(asked).toMatchObject({ facts: { agent } })
    for (const action of ['oidc.call-prompted', 'oidc.call-approved', 'oidc.call-redeemed']) {
      const [entry] = await centre.entries(action)
      expect(entry).toMatchObject({ facts: { agent }, stream: centre.ana, about: `client:${houseDesk}` })
    }
  })

  it('is for the agent who asked: another one sees nothing of it and takes nothing (R49)', async () => {
    const { ref, link } = await ring(centre.ana)
    await centre.answer('approve', link)
    const colleague = await arrangeAgent(centre.db)
    expect(await state(ref, colleague)).toBe('expired')
    expect(await redeem(ref, colleague)).toBeNull()
    expect(await state('x'.repeat(43))).toBe('expired')
    expect(await redeem(ref)).toEqual({ subjectId: centre.ana })
  })

  it('is asked by nobody who may not verify callers, and with words for both screens (R49, R51)', async () => {
    const officer = await arrangeAgent(centre.db, 'dpo')
    expect(await ask(centre.ana, { agentId: officer })).toBe('agent-may-not-verify')
    await centre.db.query(`insert into touchpoints (touchpoint_id, parent_id, kind, name) values
      ('madrid', null, 'region', 'Madrid'), ('sevilla', null, 'region', 'Sevilla')`)
    const elsewhere = await arrangeAgent(centre.db, 'agent', 'madrid')
    expect(await ask(centre.ana, { agentId: elsewhere, touchpointId: 'sevilla' })).toBe(
      'agent-may-not-verify',
    )
    for (const bindingMessage of ['', '<b>', 'x'.repeat(21), 'dos palabras']) {
      expect(await ask(centre.ana, { bindingMessage })).toBe('binding-message')
    }
    expect((await centre.db.query('select 1 from oidc_call_requests')).rows).toEqual([])
  })

  it('is declined, reported or late, and then worth nothing', async () => {
    const declined = await ring(centre.ana)
    await centre.answer('decline', declined.link)
    expect(await state(declined.ref)).toBe('declined')
    expect(await redeem(declined.ref)).toBeNull()

    const late = await ring(centre.ana)
    await centre.answer('approve', late.link)
    await centre.db.query(`update oidc_call_requests set request_expires_at = now() - interval '1 second'`)
    expect(await state(late.ref)).toBe('expired')
    expect(await redeem(late.ref)).toBeNull()
  })

  it('outlives a dropped call until its end, and is over at once when the agent ends the call (R53, R55)', async () => {
    const unanswered = await ring(centre.ana)
    await end(unanswered.ref, await arrangeAgent(centre.db))
    expect(await state(unanswered.ref)).toBe('pending')
    await end(unanswered.ref)
    expect(await state(unanswered.ref)).toBe('expired')
    expect(await centre.answer('approve', unanswered.link)).toMatchObject({ state: 'expired' })

    // The way is free for the next call, at once.
    const unused = await ring(centre.ana)
    expect(centre.house.calls.prompts).toHaveLength(2)
    await centre.answer('approve', unused.link)
    await end(unused.ref)
    expect(await redeem(unused.ref)).toBeNull()

    const used = await ring(centre.ana)
    await centre.answer('approve', used.link)
    await redeem(used.ref)
    await end(used.ref)
    expect(await state(used.ref)).toBe('approved')
    expect(await centre.entries('oidc.call-request-ended')).toHaveLength(2)
  })

  it('that somebody else asked for is reported, even after it was used, and the desk asks that person no more (R52)', async () => {
    const { ref, link } = await ring(centre.ana)
    await centre.answer('approve', link)
    await redeem(ref)
    expect(await centre.answer('report', link)).toMatchObject({ state: 'reported' })
    expect(await state(ref)).toBe('reported')
    const alarms = await centre.db.query(
      `select payload from outbox_events where type = 'call-approval.reported'`,
    )
    expect(alarms.rows).toEqual([
      { payload: { clientId: houseDesk, agent: `staff:${centre.agent}`, touchpointId: null } },
    ])
    const again = (await ask(centre.ana)) as { ref: string }
    await centre.house.calls.settled()
    expect(centre.house.calls.prompts).toHaveLength(1)
    expect(await state(again.ref)).toBe('pending')
  })
})

describe('the limits of requests by call', () => {
  it('hold for the desk and its clients together: three messages in ten minutes, one open (R52)', async () => {
    await ring(centre.ana)
    await centre.ask(`person:${centre.ana}`)
    await centre.house.calls.settled()
    expect(centre.house.calls.prompts).toHaveLength(1)
    for (let at = 0; at < 4; at += 1) {
      await centre.db.query(`update oidc_call_requests set state = 'declined'`)
      if (at % 2 === 0) await centre.ask(`person:${centre.ana}`)
      else await ask(centre.ana)
      await centre.house.calls.settled()
    }
    expect(centre.house.calls.prompts).toHaveLength(3)
  })

  it('are the same for somebody who cannot be asked, who is not told apart from one who does not answer (R50)', async () => {
    const locked = await arrangeSubject(centre.db)
    await setState(centre.db, locked, 'locked')
    const nobody = await arrangeSubject(centre.db)
    await centre.db.query('delete from subjects where subject_id = $1', [nobody])
    for (const person of [centre.ana, locked, nobody]) {
      const { ref } = (await ask(person)) as { ref: string }
      expect(ref).toMatch(/^[\w-]{43}$/)
      await centre.house.calls.settled()
      expect(await state(ref)).toBe('pending')
    }
    expect(centre.house.calls.prompts.map(({ subjectId }) => subjectId)).toEqual([centre.ana])
  })

  it('end an agent’s asking after twenty in ten minutes, whoever it is about; a colleague goes on (R50)', async () => {
    const busy = await arrangeAgent(centre.db)
    const answers: unknown[] = []
    for (let at = 0; at < 21; at += 1) answers.push(await ask(centre.ana, { agentId: busy }))
    expect(answers.filter((one) => one === 'too-many-checks')).toEqual([answers[20]])
    expect(await ask(centre.ana)).toMatchObject({ ref: expect.any(String) })
  })
})

describe('redeeming', () => {
  it('works once for twenty hands on two processes', async () => {
    const { ref, link } = await ring(centre.ana)
    await centre.answer('approve', link)
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        redeem(ref, centre.agent, at % 2 === 0 ? centre.house.origin : other.origin),
      ),
    )
    expect(taken.filter((one) => one !== null)).toEqual([{ subjectId: centre.ana }])
    expect(await centre.entries('oidc.call-redeemed')).toHaveLength(1)
    expect(await centre.entries('oidc.call-redeem-refused')).toHaveLength(19)
  })

  it('gives nothing about whoever was locked or erased, or to an agent who left, since the yes (R55)', async () => {
    for (const gone of ['locked', 'blocked', 'erased']) {
      const person = await arrangeSubject(centre.db)
      const { ref, link } = await ring(person)
      await centre.answer('approve', link, visitorOf(person))
      await setState(centre.db, person, gone)
      expect(await redeem(ref)).toBeNull()
    }
    const leaving = await arrangeAgent(centre.db)
    const { ref, link } = await ring(centre.ana, leaving)
    await centre.answer('approve', link)
    await centre.db.query('delete from staff_roles where staff_id = $1', [leaving])
    expect(await redeem(ref, leaving)).toBeNull()
  })

  it('gives nothing once the house switched its desk off', async () => {
    const { ref, link } = await ring(centre.ana)
    await centre.answer('approve', link)
    await centre.db.query(`update clients set state = 'disabled' where client_id = $1`, [houseDesk])
    expect(await redeem(ref)).toBeNull()
    await centre.db.query(`update clients set state = 'active' where client_id = $1`, [houseDesk])
    expect(await redeem(ref)).toEqual({ subjectId: centre.ana })
  })
})

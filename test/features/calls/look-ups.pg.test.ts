import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type CallParts,
  chooseCaller,
  confirmCallBack,
  planCallBack,
  readCall,
  recordCallChoices,
  searchCaller,
  sendCallerCode,
  sweepCalls,
} from '../../../src/features/calls/index.ts'
import { restrictProcessing } from '../../../src/features/consent/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import { anasNumber, type CallHouse, openCallHouse } from './call-house.ts'

/* What a look-up shows of people, what is made of many look-ups, and for how long all of it stays. */
let norte: CallHouse
let parts: CallParts

beforeAll(async () => {
  norte = await openCallHouse()
  parts = norte.parts
})
beforeEach(async () => {
  await norte.tidy()
  norte.later(60_000)
})
afterAll(() => norte?.close())

const lookUp = async (typed: string) => {
  const { call } = await norte.ring({})
  return { call, found: await searchCaller(parts, { ...norte.in(call.id), typed }) }
}
const alarmsAbout = async (agent: Extract<Actor, { kind: 'staff' }>) =>
  (await norte.events('call.look-ups-unusual')).filter(({ payload }) =>
    payload.agent.endsWith(agent.staffId.slice(-6).toUpperCase()),
  )

describe('A look-up', () => {
  it('shows of Ana what the house may use to serve her, and no number that it may not', async () => {
    const { found } = await lookUp(anasNumber)
    expect(found).toEqual([
      { key: expect.any(String), name: 'A··· I···', email: 'a•••@c•••.example', foundBy: 'phone' },
    ])
  })

  it('shows no contacts of a locked account, and nothing at all of a blocked one (LOPDGDD art. 32)', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const as = (state: string) => norte.owner('subjects').where({ subject_id: bruno }).update({ state })
    const open = await lookUp(norte.email('bruno'))
    expect(open.found[0]?.email).toBe('b•••@c•••.example')
    await as('locked')
    const [locked] = (await lookUp(norte.email('bruno'))).found
    expect(locked).not.toHaveProperty('email')
    expect(locked).not.toHaveProperty('phone')
    await as('blocked')
    expect((await lookUp(norte.email('bruno'))).found).toEqual([])
    // Nor in the call that had found him before.
    expect((await readCall(parts, norte.in(open.call.id))).candidates).toEqual([])
    await as('active')
  })

  it('shows no contacts of somebody whose data are restricted, and gives their number to no agent (R55)', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    await norte.giveNumber('carmen', '+34600777888')
    norte.later(60_000)
    const { call, found } = await lookUp(norte.email('carmen'))
    await chooseCaller(parts, {
      ...norte.in(call.id),
      key: found[0]?.key ?? '',
      reason: { code: 'privacy' },
    })
    const { caller } = await readCall(parts, norte.in(call.id))
    const contact = caller?.contacts.find(({ kind }) => kind === 'phone')?.key ?? ''
    await restrictProcessing(parts.ledger, {
      subjectId: carmen,
      actor: { ...(await norte.agentNamed('dora', 'dpo')), roles: ['dpo'] },
      evidence: { channel: 'web', surface: 'dpo-console', language: 'es' },
      idempotencyKey: 'carmen-contests-her-address',
      controller: parts.house.controller,
      scope: ['*'],
      ground: 'accuracy',
    })
    expect((await lookUp(norte.email('carmen'))).found[0]).toEqual({
      key: expect.any(String),
      name: 'C··· O···',
      foundBy: 'email',
    })
    await expect(planCallBack(parts, { ...norte.in(call.id), contact })).rejects.toThrow('caller-blocked')
  })

  it('keeps the ten that were found last on the screen of a call', async () => {
    const { call } = await norte.ring({})
    const bruno = await norte.found('bruno', call.id)
    const { entropy } = norte.app.house.platform
    norte.later(30_000)
    await norte.owner('call_candidates').insert(
      Array.from({ length: 14 }, (_, turn) => ({
        call_id: call.id,
        candidate_key: `old-${turn}`,
        subject_id: entropy.id<'subject'>(),
        found_by: 'email',
        found_at: new Date(norte.now().getTime() - (20 - turn) * 1000),
      })),
    )
    const kept = await parts.calls.candidates(call.id)
    expect([kept.length, kept[0]?.key, kept.at(-1)?.key]).toEqual([10, 'old-4', 'old-13'])
    // Who is looked for again is found again, by the name they had.
    expect(await norte.found('bruno', call.id)).toBe(bruno)
  })
})

describe('A contact point', () => {
  it('that was verified after the call began verifies nobody in it', async () => {
    const { call, found } = await lookUp(norte.email('bruno'))
    await chooseCaller(parts, { ...norte.in(call.id), key: found[0]?.key ?? '', reason: { code: 'privacy' } })
    norte.later(60_000)
    await norte.giveNumber('bruno', '+34600555666')
    const contacts = async (callId: typeof call.id) =>
      (await readCall(parts, norte.in(callId))).caller?.contacts.map(({ kind }) => kind)
    expect(await contacts(call.id)).toEqual(['email'])
    norte.later(60_000)
    const later = await lookUp(norte.email('bruno'))
    await chooseCaller(parts, {
      ...norte.in(later.call.id),
      key: later.found[0]?.key ?? '',
      reason: { code: 'privacy' },
    })
    expect(await contacts(later.call.id)).toEqual(['email', 'phone'])
  })
})

describe('The alarm about fishing', () => {
  it('is not switched off by calls back that only the agent tells of', async () => {
    const malo = await norte.agentNamed('malo')
    for (let turn = 0; turn < 24; turn += 1) {
      await norte.owner('rate_limits').delete()
      const { call } = await norte.ring({ actor: malo })
      const [ana] = await searchCaller(parts, { ...norte.in(call.id, malo), typed: anasNumber })
      const onCall = norte.in(call.id, malo)
      await chooseCaller(parts, { ...onCall, key: ana?.key ?? '', reason: { code: 'order' } })
      if (turn % 3 !== 0) continue
      const { caller } = await readCall(parts, onCall)
      const contact = caller?.contacts.find(({ kind }) => kind === 'phone')?.key ?? ''
      await planCallBack(parts, { ...onCall, contact })
      await confirmCallBack(parts, { ...onCall, secondCall: `x-${turn}`, reached: true })
    }
    expect(await alarmsAbout(malo)).toHaveLength(1)
  })

  it('is never raised about an honest agent, who verifies every other caller', async () => {
    const honesta = await norte.agentNamed('honesta')
    for (let turn = 0; turn < 22; turn += 1) {
      await norte.tidyLimits()
      if (turn % 2 === 0) await norte.verifyAna(honesta)
      else await norte.ringAsAna(honesta)
      const { call } = await norte.ring({ actor: honesta })
      await searchCaller(parts, { ...norte.in(call.id, honesta), typed: 'nadie@correo.example' })
    }
    const counted = await norte.owner('call_agent_days').where({ agent_id: honesta.staffId }).first()
    expect(counted.look_ups).toBeGreaterThanOrEqual(40)
    expect(counted.verified).toBe(11)
    expect(await alarmsAbout(honesta)).toEqual([])
  })
})

describe('The sweep', () => {
  it('takes a call with all that hangs on it after ninety days, and not a day before', async () => {
    const call = await norte.verifyAna()
    await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    await recordCallChoices(parts, {
      ...norte.in(call.id),
      choices: [
        { purpose: 'marketing.direct', contactChannel: 'email', answer: 'no', notice: norte.offers() },
      ],
      idempotencyKey: 'a-no-that-is-swept-one-day',
    })
    const of = async (table: string) => (await norte.owner(table).where({ call_id: call.id })).length
    const all = async () =>
      Promise.all(['calls', 'call_candidates', 'call_checks', 'call_acts'].map((table) => of(table)))
    const days = (count: number) => new Date(norte.now().getTime() + count * 86_400_000)
    await sweepCalls(norte.owner, days(89))
    expect(await all()).toEqual([1, 1, 2, 1])
    await sweepCalls(norte.owner, days(91))
    expect(await all()).toEqual([0, 0, 0, 0])
    expect(await norte.owner('call_agent_days').where({ agent_id: norte.lucia.staffId })).toEqual([])
  })
})

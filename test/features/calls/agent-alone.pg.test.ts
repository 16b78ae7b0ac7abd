import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  announceCall,
  askOwnDevice,
  type CallerChecks,
  type CallParts,
  chooseCaller,
  confirmCallBack,
  dropCall,
  noteCallEvent,
  openRequestFor,
  ownDeviceAnswer,
  planCallBack,
  readCall,
  redeemCallerCode,
  resumeCall,
  sendCallerCode,
  wrapUp,
} from '../../../src/features/calls/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { anasNumber, type CallHouse, openCallHouse } from './call-house.ts'

/* What an agent can do alone, without anybody on the telephone: no verification comes of it, and it is on record. */
let norte: CallHouse
let parts: CallParts
let beside: TestApp

beforeAll(async () => {
  norte = await openCallHouse()
  parts = norte.parts
  beside = await startTestApp({ beside: norte.app, clock: { now: norte.now } })
})
beforeEach(async () => {
  await norte.tidy()
  norte.later(60_000)
})
afterAll(async () => {
  await beside?.close()
  await norte?.close()
})

const byPhone = async (callId: Parameters<CallHouse['in']>[0], actor: Actor = norte.lucia) => {
  const { caller } = await readCall(parts, norte.in(callId, actor))
  return caller?.contacts.find(({ kind }) => kind === 'phone')?.key ?? ''
}
const planned = async () => {
  const { call } = await norte.ringAsAna()
  const plan = await planCallBack(parts, { ...norte.in(call.id), contact: await byPhone(call.id) })
  norte.later(10_000)
  return { call, dial: plan.dial ?? '' }
}
const answered = (callId: Parameters<CallHouse['in']>[0], secondCall: string) =>
  confirmCallBack(parts, { ...norte.in(callId), secondCall, reached: true })
const lastLine = async () => (await norte.activityOf(norte.ana)).at(-1)

describe('A call back', () => {
  it('verifies Ana by a call to her registered number that the telephony system announced', async () => {
    const { call, dial } = await planned()
    expect(dial).toBe(anasNumber)
    await norte.announce('out-1', { ani: anasNumber, outgoing: true })
    expect((await answered(call.id, 'out-1')).assurance).toBe('call-back')
    expect(await lastLine()).toMatchObject({
      action: 'call.verified',
      facts: { number: '+34 •••••• 22', secondCall: 'out-1' },
    })
  })

  it('verifies nobody by a second call that the agent opened, and writes down what was said', async () => {
    const { call, dial } = await planned()
    await norte.ring({ ani: dial, externalCall: 'invented' })
    expect(await answered(call.id, 'invented')).toMatchObject({ assurance: 'number-match', failedChecks: 0 })
    expect(await lastLine()).toMatchObject({
      action: 'call.call-back-told',
      facts: { number: '+34 •••••• 22', secondCall: 'invented' },
    })
  })

  it('verifies nobody by a call of before, nor by one that came in', async () => {
    await norte.announce('out-before', { ani: anasNumber, outgoing: true })
    norte.later(1_000)
    const { call } = await planned()
    expect((await answered(call.id, 'out-before')).assurance).toBe('number-match')
    const again = await planned()
    await norte.announce('came-in', { ani: anasNumber })
    expect((await answered(again.call.id, 'came-in')).assurance).toBe('number-match')
  })

  it('fails where the second call was announced to another number', async () => {
    const { call } = await planned()
    await norte.announce('out-2', { ani: '+34699888777', outgoing: true })
    expect(await answered(call.id, 'out-2')).toMatchObject({ assurance: 'number-match', failedChecks: 1 })
  })

  it('is good once: the same second call verifies nobody in another call', async () => {
    const [first, second] = [await planned(), await planned()]
    await norte.announce('out-3', { ani: anasNumber, outgoing: true })
    expect((await answered(first.call.id, 'out-3')).assurance).toBe('call-back')
    await expect(answered(second.call.id, 'out-3')).rejects.toThrow('second-call-used')
  })

  it('is good once, also of eight that use it at the same time over two processes', async () => {
    const calls = []
    for (let turn = 0; turn < 8; turn += 1) calls.push((await planned()).call)
    await norte.announce('out-4', { ani: anasNumber, outgoing: true })
    const said = { secondCall: 'out-4', reached: true }
    const outcomes = await Promise.all(
      calls.map(({ id }, turn) =>
        confirmCallBack(turn % 2 === 0 ? parts : beside.house.calls, { ...norte.in(id), ...said }).then(
          ({ assurance }) => assurance,
          (error) => error.code,
        ),
      ),
    )
    expect(outcomes.sort()).toEqual(['call-back', ...Array.from({ length: 7 }, () => 'second-call-used')])
  })

  it('opens a request of nobody in particular where only the agent tells of it', async () => {
    const { call } = await planned()
    await answered(call.id, 'told-only')
    let identity = ''
    const room: CallParts = {
      ...parts,
      openRequest: async (asked) => {
        identity = asked.identity
        return { id: 'r', reference: 'R-1', due: '2026-12-22' }
      },
    }
    await openRequestFor(room, { ...norte.in(call.id), right: 'access', idempotencyKey: 'told-only-access' })
    expect(identity).toBe('none')
  })

  it('hands the number out once for each plan, counted and on record', async () => {
    const { call } = await norte.ringAsAna()
    const contact = await byPhone(call.id)
    const looked = async () => (await norte.owner('call_agent_days').first())?.look_ups
    const before = await looked()
    const first = await planCallBack(parts, { ...norte.in(call.id), contact })
    expect([first.dial, await looked()]).toEqual([anasNumber, before + 1])
    expect(await lastLine()).toMatchObject({ action: 'call.call-back-planned', facts: { handedOut: true } })
    const again = await planCallBack(parts, { ...norte.in(call.id), contact })
    expect([again.dial, again.to.masked]).toEqual([undefined, '+34 •••••• 22'])
    // Where the check is over it is planned anew, which is counted again and ends with the limit of look-ups.
    let handedOut = 1
    const asking = async () => {
      while (handedOut < 40) {
        await norte.owner('call_checks').where({ call_id: call.id }).update({ state: 'over' })
        await planCallBack(parts, { ...norte.in(call.id), contact })
        handedOut += 1
      }
    }
    await expect(asking()).rejects.toThrow('call-look-up-agent')
    expect(handedOut).toBeLessThan(30)
  })
})

describe('A telephony system and a page that was opened first', () => {
  const said = async (secret: Promise<unknown>) =>
    secret.then(
      () => 'said',
      (error) => error.code,
    )

  it('are of the same call: its end and its loss arrive, whoever told of it first', async () => {
    const opened = await norte.ring({ ani: anasNumber, externalCall: 'popped-1' })
    const announced = await norte.announce('popped-1', { ani: anasNumber })
    expect(announced.id).toBe(opened.call.id)
    const dropped = await noteCallEvent(parts, { ...norte.line(), callId: announced.id, event: 'dropped' })
    expect(dropped.state).toBe('dropped')
  })

  it('follow the line where the page was opened with another number', async () => {
    const { call, dial } = await planned()
    await norte.ring({ ani: dial, externalCall: 'popped-2' })
    await norte.announce('popped-2', { ani: '+34699888777', outgoing: true })
    expect(await answered(call.id, 'popped-2')).toMatchObject({ failedChecks: 1 })
  })

  it('take the word of the agent for no match of the line', async () => {
    const { call } = await norte.ringAsAna()
    expect((await readCall(parts, norte.in(call.id))).call.assurance).toBe('number-match')
    await norte.announce(call.externalCall ?? '', {})
    expect((await readCall(parts, norte.in(call.id))).call).toMatchObject({
      match: 'none',
      assurance: 'none',
    })
  })

  it('are never of a call that another system announced', async () => {
    await norte.announce('theirs', { ani: anasNumber })
    expect(await said(norte.announce('theirs', {}, 'centralita-dos'))).toBe('call-id-taken')
    expect((await norte.announce('theirs', { ani: anasNumber })).externalCall).toBe('theirs')
    expect(
      await said(
        announceCall(parts, {
          actor: norte.lucia,
          evidence: norte.line().evidence,
          agentId: norte.lucia.staffId,
          externalCall: 'theirs',
          touchpoint: 'desk-4',
          language: 'es',
        }),
      ),
    ).toBe('not-a-client')
  })
})

describe('A check under way', () => {
  const asking = () => {
    const ended: string[] = []
    let asked = 0
    const checks: CallerChecks = {
      ask: async () => {
        asked += 1
        return { ref: `ref-${asked}`, expiresAt: new Date(norte.now().getTime() + 300_000) }
      },
      state: async (ref) => (ended.includes(ref) ? 'expired' : 'approved'),
      end: async (ref) => void ended.push(ref),
      redeem: async () => ({ subjectId: norte.ana }),
    }
    return { room: { ...parts, checks }, ended }
  }

  it('ends with the line: an answer to it verifies nobody who rings afterwards', async () => {
    const { room, ended } = asking()
    const { call } = await norte.ringAsAna()
    await askOwnDevice(room, norte.in(call.id))
    await dropCall(room, norte.in(call.id))
    expect(ended).toEqual(['ref-1'])
    expect((await resumeCall(room, norte.in(call.id))).assurance).toBe('none')
    expect(await ownDeviceAnswer(room, norte.in(call.id))).toMatchObject({
      answer: 'none',
      call: { assurance: 'none' },
    })
  })

  it('ends with the line for a call back and for a code, and a guessed one failed', async () => {
    const { call } = await planned()
    await dropCall(parts, norte.in(call.id))
    await resumeCall(parts, norte.in(call.id))
    await norte.announce('out-late', { ani: anasNumber, outgoing: true })
    await expect(answered(call.id, 'out-late')).rejects.toThrow('call-back-not-planned')

    await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    const code = norte.lastCode()
    const wrong = code === '000000' ? '111111' : '000000'
    await redeemCallerCode(parts, { ...norte.in(call.id), typed: wrong })
    await dropCall(parts, norte.in(call.id))
    const resumed = await resumeCall(parts, norte.in(call.id))
    expect(resumed).toMatchObject({ assurance: 'none', failedChecks: 1 })
    expect(await redeemCallerCode(parts, { ...norte.in(call.id), typed: code })).toMatchObject({
      outcome: 'spent',
    })
  })

  it('ends when another takes its place, and when somebody else is chosen', async () => {
    const { room, ended } = asking()
    const { call } = await norte.ringAsAna()
    await askOwnDevice(room, norte.in(call.id))
    await sendCallerCode(room, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    expect(ended).toEqual(['ref-1'])
    await askOwnDevice(room, norte.in(call.id))
    await askOwnDevice(room, norte.in(call.id))
    expect(ended).toEqual(['ref-1', 'ref-2'])
    const bruno = await norte.found('bruno', call.id)
    await chooseCaller(room, { ...norte.in(call.id), key: bruno, reason: { code: 'order' } })
    expect(ended).toEqual(['ref-1', 'ref-2', 'ref-3'])
    await wrapUp(room, { ...norte.in(call.id), summary: 'other' })
    expect(ended).toHaveLength(3)
  })

  it('leaves no question open on Ana’s device, asked as the house asks it', async () => {
    const { call } = await norte.ringAsAna()
    const pending = () => norte.owner('oidc_call_requests').where({ state: 'pending' })
    await askOwnDevice(parts, norte.in(call.id))
    await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    await askOwnDevice(parts, norte.in(call.id))
    await wrapUp(parts, { ...norte.in(call.id), summary: 'other' })
    const late = (await pending()).filter(({ request_expires_at: until }) => until > norte.now())
    expect(late).toEqual([])
  })
})

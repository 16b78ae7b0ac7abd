import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  askOwnDevice,
  type CallerChecks,
  type CallParts,
  callerFields,
  chooseCaller,
  dropCall,
  ownDeviceAnswer,
  readCall,
  redeemCallerCode,
  resumeCall,
  searchCaller,
  sendCallerCode,
  supervise,
  unmaskField,
  wrapUp,
} from '../../../src/features/calls/index.ts'
import { lockSubject } from '../../../src/features/identity/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { anasNumber, type CallHouse, openCallHouse } from './call-house.ts'

let norte: CallHouse
let parts: CallParts
let beside: TestApp

beforeAll(async () => {
  norte = await openCallHouse()
  parts = norte.parts
  beside = await startTestApp({ beside: norte.app, clock: { now: norte.now } })
})
beforeEach(() => norte.tidy())
afterAll(async () => {
  await beside?.close()
  await norte?.close()
})

const sent = async (contact?: string) => {
  const { call } = await norte.ringAsAna()
  await sendCallerCode(parts, {
    ...norte.in(call.id),
    contact: contact ?? (await norte.emailContact(call.id)),
  })
  return call
}
const wrongOf = (code: string) => (code === '000000' ? '111111' : '000000')

describe('The number a call comes from', () => {
  it('finds Ana, masked, and verifies nobody', async () => {
    const view = await norte.ring({ ani: '600 111 222' })
    expect(view.call).toMatchObject({ match: 'one', assurance: 'none' })
    expect(view.candidates).toEqual([
      {
        key: expect.any(String),
        name: 'A··· I···',
        email: 'a•••@c•••.example',
        foundBy: 'phone',
      },
    ])
    const chosen = await chooseCaller(parts, {
      ...norte.in(view.call.id),
      key: view.candidates[0]?.key ?? '',
      reason: { code: 'order' },
    })
    expect(chosen.assurance).toBe('number-match')
    await expect(callerFields(parts, norte.in(view.call.id))).rejects.toThrow('caller-not-verified')
  })

  it('is kept nowhere, only its blind index', async () => {
    const { call } = await norte.ring({ ani: anasNumber })
    const { rows } = await norte.owner.raw(
      `select coalesce(string_agg(t.line, ' '), '') as all_of_it from (
         select to_jsonb(c)::text as line from calls c union all select entry from audit_entries
         union all select payload::text from outbox_events) t`,
    )
    expect(String(rows[0].all_of_it)).not.toContain('600111222')
    expect(String(rows[0].all_of_it)).toContain(call.reference)
  })

  it('finds nobody for a stranger, and says so without a word about accounts', async () => {
    const view = await norte.ring({ ani: '+34611222333' })
    expect(view.call.match).toBe('none')
    expect(view.candidates).toEqual([])
  })

  it('gives the same call to whoever tells of it again', async () => {
    const first = await norte.ring({ ani: anasNumber, externalCall: 'pbx-twice' })
    const again = await norte.ring({ externalCall: 'pbx-twice' })
    expect(again.call.id).toBe(first.call.id)
  })
})

describe('Opening a record', () => {
  it('needs a reason, and nothing opens without', async () => {
    const { call, candidates } = await norte.ring({ ani: anasNumber })
    const key = candidates[0]?.key ?? ''
    await expect(
      chooseCaller(parts, { ...norte.in(call.id), key, reason: { code: 'other' } }),
    ).rejects.toThrow('reason-words-missing')
    await expect(sendCallerCode(parts, { ...norte.in(call.id), contact: 'x' })).rejects.toThrow(
      'caller-not-chosen',
    )
  })

  it('is another agent’s business in no way: their call does not exist for Marta', async () => {
    const { call } = await norte.ringAsAna()
    const marta = await norte.agentNamed('marta')
    await expect(readCall(parts, norte.in(call.id, marta))).rejects.toThrow('call-unknown')
    await expect(callerFields(parts, norte.in(call.id, marta))).rejects.toThrow('call-unknown')
  })

  it('knows a candidate in the call that found them alone', async () => {
    const first = await norte.ring({ ani: anasNumber })
    const second = await norte.ring({})
    await expect(
      chooseCaller(parts, {
        ...norte.in(second.call.id),
        key: first.candidates[0]?.key ?? '',
        reason: { code: 'order' },
      }),
    ).rejects.toThrow('candidate-unknown')
  })

  it('leaves each look in Ana’s own activity, with agent, reason and call (R49, R100)', async () => {
    const { call } = await norte.ring({})
    const found = await searchCaller(parts, { ...norte.in(call.id), typed: norte.email('ana') })
    await chooseCaller(parts, {
      ...norte.in(call.id),
      key: found[0]?.key ?? '',
      reason: { code: 'other', words: 'Pregunta por un regalo' },
    })
    const lines = (await norte.activityOf(norte.ana)).slice(-2)
    expect(lines).toMatchObject([
      { action: 'call.looked-up', facts: { call: call.reference, agent: `staff:${norte.lucia.staffId}` } },
      {
        action: 'call.caller-chosen',
        reason: 'other: Pregunta por un regalo',
        facts: { call: call.reference },
      },
    ])
  })
})

describe('A code to a registered contact point', () => {
  it('verifies Ana, who reads it out; the agent never sees it (R67)', async () => {
    const { call } = await norte.ringAsAna()
    const contact = await norte.emailContact(call.id)
    const answer = await sendCallerCode(parts, { ...norte.in(call.id), contact })
    expect(JSON.stringify(answer)).not.toContain(norte.lastCode())
    expect(answer.to).toMatchObject({ kind: 'email', masked: 'a•••@c•••.example' })
    const redeemed = await redeemCallerCode(parts, { ...norte.in(call.id), typed: norte.lastCode() })
    expect(redeemed).toMatchObject({ outcome: 'verified', call: { assurance: 'code' } })
    expect(await norte.events('call.verified')).toContainEqual({
      payload: expect.objectContaining({ reference: call.reference, assurance: 'code' }),
      subjectId: expect.not.stringMatching(norte.ana),
    })
    const kept = await norte.owner('one_time_codes').select()
    expect(JSON.stringify(kept)).not.toContain(norte.lastCode())
  })

  it('goes to nothing the caller brings along: an unverified number takes none', async () => {
    await norte.giveNumber('bruno', '+34622333444', false)
    const { call } = await norte.ring({})
    const [bruno] = await searchCaller(parts, { ...norte.in(call.id), typed: '+34622333444' })
    await chooseCaller(parts, { ...norte.in(call.id), key: bruno?.key ?? '', reason: { code: 'order' } })
    const { caller } = await readCall(parts, norte.in(call.id))
    expect(caller?.contacts.map(({ kind }) => kind)).toEqual(['email'])
  })

  it('is worth nothing in another call, nor to another person', async () => {
    await sent()
    const code = norte.lastCode()
    const second = await sent()
    expect(norte.lastCode()).not.toBe(code)
    const answer = await redeemCallerCode(parts, { ...norte.in(second.id), typed: code })
    expect(answer.outcome).toBe('wrong')
  })

  it('verifies once, of 24 tries at once over two processes', async () => {
    const call = await sent()
    const rooms = [parts, beside.house.calls]
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, turn) =>
        redeemCallerCode(rooms[turn % 2] ?? parts, { ...norte.in(call.id), typed: norte.lastCode() }).catch(
          (error) => ({ outcome: String(error.code) }),
        ),
      ),
    )
    const outcomes = answers.map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'verified')).toHaveLength(1)
    const { call: after } = await readCall(parts, norte.in(call.id))
    expect(after).toMatchObject({ assurance: 'code', failedChecks: 0 })
  })

  it('lets five be guessed wrong in all, of 24 at once over two processes, and counts one failed check', async () => {
    const call = await sent()
    const rooms = [parts, beside.house.calls]
    const wrong = wrongOf(norte.lastCode())
    await Promise.all(
      Array.from({ length: 24 }, (_, turn) =>
        redeemCallerCode(rooms[turn % 2] ?? parts, { ...norte.in(call.id), typed: wrong }).catch(
          () => undefined,
        ),
      ),
    )
    const right = await redeemCallerCode(parts, { ...norte.in(call.id), typed: norte.lastCode() }).catch(
      (error) => ({ outcome: error.code }),
    )
    expect(['spent', 'code-guess-account']).toContain(right.outcome)
    const { call: after } = await readCall(parts, norte.in(call.id))
    expect(after).toMatchObject({ assurance: 'number-match', failedChecks: 1 })
  })

  it('stops all checks in this call after the second failure', async () => {
    const call = await sent()
    for (let guess = 0; guess < 5; guess += 1) {
      await redeemCallerCode(parts, { ...norte.in(call.id), typed: wrongOf(norte.lastCode()) })
    }
    await norte.owner('rate_limits').delete()
    await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    let last = ''
    for (let guess = 0; guess < 5; guess += 1) {
      const { outcome } = await redeemCallerCode(parts, {
        ...norte.in(call.id),
        typed: wrongOf(norte.lastCode()),
      })
      last = outcome
    }
    expect(last).toBe('stopped')
    await expect(
      sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) }),
    ).rejects.toThrow('checks-stopped')
    expect(await norte.events('call.checks-stopped')).toContainEqual(
      expect.objectContaining({ payload: expect.objectContaining({ reference: call.reference }) }),
    )
  })

  it('counts a check that is left behind with wrong answers as failed', async () => {
    const call = await sent()
    await redeemCallerCode(parts, { ...norte.in(call.id), typed: wrongOf(norte.lastCode()) })
    await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    expect((await readCall(parts, norte.in(call.id))).call.failedChecks).toBe(1)
  })

  it('verifies nobody whose account was locked since it was sent (R55)', async () => {
    const { call } = await norte.ring({})
    const [carmen] = await searchCaller(parts, { ...norte.in(call.id), typed: norte.email('carmen') })
    await chooseCaller(parts, { ...norte.in(call.id), key: carmen?.key ?? '', reason: { code: 'order' } })
    await sendCallerCode(parts, { ...norte.in(call.id), contact: await norte.emailContact(call.id) })
    const { work, platform } = norte.app.house
    const subjectId = await norte.subjectIdOf('carmen')
    await lockSubject(
      { work, clock: platform.clock, entropy: platform.entropy },
      { subjectId, to: 'lock', actor: { kind: 'system', name: 'test' }, reason: 'Telephone stolen' },
    )
    await expect(
      redeemCallerCode(parts, { ...norte.in(call.id), typed: norte.lastCode('carmen') }),
    ).rejects.toThrow('caller-not-active')
    const { caller } = await readCall(parts, norte.in(call.id))
    expect(caller).toMatchObject({
      standing: { locked: true },
      contacts: [],
      blocked: ['checks', 'fields', 'choices', 'requests'],
    })
  })
})

describe('The customer’s own device', () => {
  const answering = (state: Awaited<ReturnType<CallerChecks['state']>>, subjectId = norte.ana) => {
    const asked: string[] = []
    const ended: string[] = []
    let redeemed = 0
    const checks: CallerChecks = {
      ask: async ({ bindingMessage }) => {
        asked.push(bindingMessage)
        return { ref: 'ref-1', expiresAt: new Date(norte.now().getTime() + 300_000) }
      },
      state: async () => state,
      end: async (ref) => void ended.push(ref),
      redeem: async () => {
        redeemed += 1
        return redeemed === 1 ? { subjectId } : undefined
      },
    }
    return { room: { ...parts, checks }, asked, ended }
  }

  it('is a rung only for whoever could answer there, and to be asked without one tells nothing more', async () => {
    const { call } = await norte.ringAsAna()
    const rung = async () => (await readCall(parts, norte.in(call.id))).caller?.ownDevice
    expect(await rung()).toBe(false)
    // A request that no page offers waits and expires like one that nobody answers (R50).
    expect(await askOwnDevice(parts, norte.in(call.id))).toMatchObject({ bindingMessage: call.reference })
    expect(await ownDeviceAnswer(parts, norte.in(call.id))).toMatchObject({ answer: 'pending' })
    await norte.owner('passkeys').insert({
      subject_id: norte.ana,
      passkey_id: norte.app.house.platform.entropy.id(),
      credential_id: Buffer.from('of-ana'),
      public_key: Buffer.alloc(1),
      counter: 0,
      backup_eligible: true,
      backed_up: true,
      aaguid: '00000000-0000-0000-0000-000000000000',
      name: 'Ana',
      created_at: norte.now(),
    })
    expect(await rung()).toBe(true)
    await norte.owner('passkeys').where({ subject_id: norte.ana }).delete()
  })

  it('says the call’s reference on both screens, and is the surest way', async () => {
    const { room, asked } = answering('approved')
    const { call } = await norte.ringAsAna()
    expect(await askOwnDevice(room, norte.in(call.id))).toMatchObject({ bindingMessage: call.reference })
    expect(asked).toEqual([call.reference])
    expect(await ownDeviceAnswer(room, norte.in(call.id))).toMatchObject({
      answer: 'verified',
      call: { assurance: 'own-device' },
    })
  })

  it('verifies nobody by somebody else’s yes', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const { room } = answering('approved', bruno)
    const { call } = await norte.ringAsAna()
    await askOwnDevice(room, norte.in(call.id))
    expect(await ownDeviceAnswer(room, norte.in(call.id))).toMatchObject({
      answer: 'expired',
      call: { assurance: 'number-match' },
    })
  })

  it('is asked no more once the call is over', async () => {
    const { room, ended } = answering('pending')
    const { call } = await norte.ringAsAna()
    await askOwnDevice(room, norte.in(call.id))
    await wrapUp(room, { ...norte.in(call.id), summary: 'not-verified' })
    expect(ended).toEqual(['ref-1'])
  })

  it('stops every check at once when the customer says it was not them', async () => {
    const { room } = answering('reported')
    const { call } = await norte.ringAsAna()
    await askOwnDevice(room, norte.in(call.id))
    expect(await ownDeviceAnswer(room, norte.in(call.id))).toMatchObject({ answer: 'reported' })
    await expect(
      sendCallerCode(room, { ...norte.in(call.id), contact: await norte.emailContact(call.id) }),
    ).rejects.toThrow('checks-stopped')
  })
})

describe('What a verified caller’s agent sees', () => {
  it('is what the house may use to serve them, masked here, letter by letter', async () => {
    const call = await norte.verifyAna()
    const fields = await callerFields(parts, norte.in(call.id))
    expect(fields.map(({ attribute, masked }) => [attribute, masked])).toEqual([
      ['email', 'a•••@c•••.example'],
      ['first_name', 'A···'],
      ['last_name', 'I···'],
    ])
    expect(JSON.stringify(fields)).not.toContain('Ibarra')
  })

  it('opens one field for one look, with a reason, and Ana reads of it (R91)', async () => {
    const call = await norte.verifyAna()
    const onCall = norte.in(call.id)
    await expect(unmaskField(parts, { ...onCall, attribute: 'last_name', reason: ' ' })).rejects.toThrow(
      'reason-missing',
    )
    const shown = await unmaskField(parts, { ...onCall, attribute: 'last_name', reason: 'Factura' })
    expect(shown).toEqual({
      attribute: 'last_name',
      value: 'Ibarra',
      until: new Date(norte.now().getTime() + 30_000),
    })
    expect((await norte.activityOf(norte.ana)).at(-1)).toMatchObject({
      action: 'call.field-unmasked',
      reason: 'Factura',
      facts: { attribute: 'last_name', call: call.reference },
    })
    const disclosed = await norte
      .owner('recipient_disclosures')
      .where({ subject_id: norte.ana, exit: 'agent-console' })
    expect(disclosed.at(-1)).toMatchObject({ attributes: ['last_name'], purpose_id: 'auth.login' })
    // Nothing stays open: the list is masked as before.
    const fields = await callerFields(parts, onCall)
    expect(JSON.stringify(fields)).not.toContain('Ibarra')
  })

  it('is nothing that no purpose of service covers, though it is known', async () => {
    const call = await norte.verifyAna()
    await expect(
      unmaskField(parts, { ...norte.in(call.id), attribute: 'birth_date', reason: 'Curiosidad' }),
    ).rejects.toThrow('field-locked')
  })

  it('ends with the call', async () => {
    const call = await norte.verifyAna()
    const ended = await wrapUp(parts, { ...norte.in(call.id), summary: 'answered' })
    expect(ended).toMatchObject({ state: 'ended', summary: 'answered' })
    expect(ended.messages.map(({ kind, by }) => [kind, by])).toEqual([['code', 'email']])
    await expect(callerFields(parts, norte.in(call.id))).rejects.toThrow('call-ended')
  })
})

describe('A dropped call', () => {
  it('is taken up within five minutes by its own agent, and nothing stays of what was reached', async () => {
    const call = await norte.verifyAna()
    await dropCall(parts, norte.in(call.id))
    await expect(callerFields(parts, norte.in(call.id))).rejects.toThrow('call-dropped')
    norte.later(4 * 60_000)
    const resumed = await resumeCall(parts, norte.in(call.id))
    expect(resumed).toMatchObject({ state: 'open', assurance: 'none' })
    expect(resumed.verifiedAt).toBeUndefined()
    await expect(callerFields(parts, norte.in(call.id))).rejects.toThrow('caller-not-verified')
  })

  it('is over after five minutes', async () => {
    const { call } = await norte.ringAsAna()
    await dropCall(parts, norte.in(call.id))
    norte.later(5 * 60_000)
    await expect(resumeCall(parts, norte.in(call.id))).rejects.toThrow('call-ended')
  })
})

describe('Watching over calls', () => {
  it('shows a supervisor who works where, and no customer', async () => {
    const { call } = await norte.ringAsAna()
    const live = await supervise(parts)
    expect(live.find(({ reference }) => reference === call.reference)).toMatchObject({
      agent: expect.stringMatching(/^A-[0-9A-F]{6}$/),
      touchpoint: 'desk-4',
      state: 'open',
      chosen: true,
      assurance: 'number-match',
    })
    expect(JSON.stringify(live)).not.toContain(norte.ana)
  })

  it('stops an agent at thirty look-ups in ten minutes', async () => {
    const { call } = await norte.ring({ actor: await norte.agentNamed('prisa') })
    const prisa = { kind: 'staff', staffId: call.agentId, roles: ['agent'], assurance: 'passkey' } as const
    let looked = 0
    let refused = ''
    while (refused === '' && looked < 40) {
      await searchCaller(parts, {
        ...norte.in(call.id, prisa),
        typed: `nadie-${looked}@correo.example`,
      }).then(
        () => {
          looked += 1
        },
        (error) => {
          refused = error.code
        },
      )
    }
    expect([looked, refused]).toEqual([29, 'call-look-up-agent'])
  })

  it('sees an agent who types number after number into the address of the page', async () => {
    const tecleador = await norte.agentNamed('tecleador')
    for (let look = 0; look < 40; look += 1) {
      await norte.owner('rate_limits').delete()
      await norte.ring({ actor: tecleador, ani: `+346001112${String(look).padStart(2, '0')}` })
    }
    expect(await norte.events('call.look-ups-unusual')).toContainEqual(
      expect.objectContaining({
        payload: expect.objectContaining({
          agent: `A-${tecleador.staffId.slice(-6).toUpperCase()}`,
          lookUps: 40,
          verified: 0,
        }),
      }),
    )
  })

  it('raises one alarm a day about an agent who fishes for records', async () => {
    const pescador = await norte.agentNamed('pescador')
    const { call } = await norte.ring({ actor: pescador })
    for (let look = 0; look < 42; look += 1) {
      await norte.owner('rate_limits').delete()
      await searchCaller(parts, { ...norte.in(call.id, pescador), typed: norte.email('bruno') })
    }
    const alarms = await norte.events('call.look-ups-unusual')
    const his = alarms.filter(({ payload }) =>
      payload.agent.endsWith(pescador.staffId.slice(-6).toUpperCase()),
    )
    expect(his.map(({ payload }) => payload)).toEqual([
      {
        agent: `A-${pescador.staffId.slice(-6).toUpperCase()}`,
        touchpoint: 'desk-4',
        lookUps: 40,
        verified: 0,
      },
    ])
  })
})

import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type CallParts,
  callScripts,
  callsPersonalData,
  confirmCallChoices,
  disownCallAct,
  openRequestFor,
  readCall,
} from '../../../src/features/calls/index.ts'
import { type NoticeReference, recordChoices } from '../../../src/features/consent/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { atHome, type CallHouse, openCallHouse } from './call-house.ts'
import { tellingIn } from './telling.ts'

let norte: CallHouse
let parts: CallParts
let beside: TestApp
let offers: NoticeReference
let t: ReturnType<typeof tellingIn>

beforeAll(async () => {
  norte = await openCallHouse()
  parts = norte.parts
  beside = await startTestApp({ beside: norte.app, clock: { now: norte.now } })
  t = tellingIn(norte)
  offers = t.offers
})
beforeEach(async () => {
  await norte.tidy()
  // Of two answers at one instant the stricter would count.
  norte.later(60_000)
})
afterAll(async () => {
  await beside?.close()
  await norte?.close()
})

describe('What an agent reads aloud', () => {
  it('is the wording in force in the language of the call, with what pins it (R57)', async () => {
    const call = await norte.verifyAna()
    const scripts = await callScripts(parts, norte.in(call.id))
    expect(
      scripts.map(({ purpose, contactChannel, standing: how }) => [purpose, contactChannel, how]),
    ).toEqual([
      ['marketing.direct', 'email', 'yes'],
      ['marketing.direct', 'sms', 'no'],
      ['personalisation.onsite', 'none', 'yes'],
    ])
    expect(scripts[0]).toMatchObject({
      title: 'Ofertas y novedades',
      notice: { language: 'es', version: '1' },
    })
  })
})

describe('A yes on the telephone', () => {
  it('is not taken of somebody whom nobody verified', async () => {
    const { call } = await norte.ringAsAna()
    await expect(t.say(call.id, 'yes')).rejects.toThrow('caller-not-verified')
  })

  it('permits nothing until the customer says it themselves by their own link (R56)', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    const call = await t.verified('carmen')
    const told = await t.say(call.id, 'yes', { recording: { id: 'rec-7', offset: 41, hash: 'h'.repeat(43) } })
    expect(told).toMatchObject({
      outcome: 'recorded',
      pending: [{ purpose: 'marketing.direct', contactChannel: 'email' }],
      told: [],
      sentTo: { kind: 'email', masked: 'c•••@c•••.example' },
    })
    expect(await t.permitted(carmen)).toBe('DENY')
    expect(await t.standing(call.id)).toBe('pending')
    expect((await readCall(parts, norte.in(call.id))).call.messages.map(({ kind }) => kind)).toEqual([
      'code',
      'choices',
    ])

    // Opening the page answers nothing: mail scanners open pages.
    const path = t.pathTo('carmen')
    const opened = await fetch(`${norte.app.origin}${path}`, { headers: { 'accept-language': 'es' } })
    const page = await opened.text()
    expect(opened.status).toBe(200)
    expect(page).toContain('Comercial Norte, S. L. usará tu nombre')
    expect(load(page)('input[type=radio][checked]')).toHaveLength(0)
    expect(await t.permitted(carmen)).toBe('DENY')

    const empty = await t.press(path)
    expect(empty.status).toBe(422)
    expect(await t.permitted(carmen)).toBe('DENY')

    const answered = await t.press(path, { 'choice.marketing.direct.email': 'yes' })
    expect(answered.status).toBe(200)
    expect(await t.permitted(carmen)).toBe('PERMIT')
    expect(await t.standing(call.id)).toBe('yes')
    expect((await norte.activityOf(carmen)).map(({ action }) => action)).toContain('call.choices-answered')
  })

  it('keeps call, script and recording beside the customer’s own answer (EDPB 05/2020, 91-95)', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    const { rows } = await norte.owner.raw(
      `select sealed_evidence, event_id, channel, surface, touchpoint from consent_events
        where subject_id = ? and evidence_grade is distinct from 'none' order by recorded_at desc limit 1`,
      [carmen],
    )
    const [event] = rows
    expect(event).toMatchObject({
      channel: 'call-centre',
      surface: 'call-confirmation',
      touchpoint: 'desk-4',
    })
    const evidence = await norte.app.house.sealer.openText(
      carmen,
      { table: 'consent_events', column: 'sealed_evidence', row: event.event_id },
      event.sealed_evidence,
    )
    expect(JSON.parse(evidence).particulars).toMatchObject({
      call: expect.stringMatching(/^LL-/),
      script: `${offers.id} v1 es`,
      recording_id: 'rec-7',
      recording_offset: '41',
      caller_assurance: 'code',
      message: expect.stringContaining('@'),
    })
  })

  it('is answered once, however many hands press at once on two processes', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const call = await t.verified('bruno')
    await t.say(call.id, 'yes')
    const link = t.linkTo('bruno')
    const rooms = [parts, beside.house.calls]
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        confirmCallChoices(rooms[turn % 2] ?? parts, {
          link,
          evidence: atHome,
          answers: [{ purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes' }],
        }),
      ),
    )
    // Whoever comes when it is done is told how things stand.
    const told = outcomes.map(({ outcome }) => outcome)
    expect(told.filter((one) => one !== 'answered-before')).not.toEqual([])
    expect(told).not.toContain('overtaken')
    expect(await t.permitted(bruno)).toBe('PERMIT')
    const given = await norte
      .owner('consent_events')
      .where({ subject_id: bruno, type: 'given', surface: 'call-confirmation' })
    expect(given).toHaveLength(1)
  })

  it('is told once, though the form was sent twice', async () => {
    const call = await t.verified('bruno')
    const sms = { purpose: 'marketing.direct', contactChannel: 'sms', answer: 'yes', notice: offers } as const
    const once = t.key()
    const before = norte.app.outbox.messages.length
    await t.say(call.id, 'yes', { choices: [sms], idempotencyKey: once })
    await t.say(call.id, 'yes', { choices: [sms], idempotencyKey: once })
    expect(norte.app.outbox.messages.length).toBe(before + 1)
  })

  it('never comes from an agent by another way: the ledger refuses it whatever the call (R56)', async () => {
    await expect(
      recordChoices(norte.app.house.ledger, {
        subjectId: norte.ana,
        actor: norte.lucia,
        evidence: { channel: 'call-centre', surface: 'agent-console', language: 'es', touchpoint: 'desk-4' },
        particulars: { call: 'LL-222222', script: 'x' },
        idempotencyKey: t.key(),
        controller: norte.app.house.names.controller,
        brand: norte.app.house.names.brand,
        choices: [{ purpose: 'marketing.direct', contactChannel: 'sms', answer: 'yes', notice: offers }],
      }),
    ).rejects.toThrow('consent_not_own')
  })
})

describe('A no on the telephone', () => {
  it('counts at once, verified or not, and Ana is told (GDPR Art. 7(3))', async () => {
    const { call } = await norte.ringAsAna()
    expect(await t.permitted(norte.ana)).toBe('PERMIT')
    const told = await t.say(call.id, 'no')
    expect(told).toMatchObject({ outcome: 'recorded', pending: [], sentTo: { kind: 'email' } })
    expect(await t.permitted(norte.ana)).toBe('DENY')
    expect(t.mailTo('ana')?.text).toContain('Ofertas y novedades')
    expect(t.mailTo('ana')?.text).not.toContain(norte.lucia.staffId)
  })

  it('is put back by "I did not do this" within seven days, with an alarm', async () => {
    const answer = await t.press(`${t.pathTo('ana')}/not-mine`)
    expect(await t.words(answer)).toContain('Ofertas y novedades')
    expect(await t.permitted(norte.ana)).toBe('PERMIT')
    const alarms = await norte.events('call.disowned')
    expect(alarms.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({
        agent: `A-${norte.lucia.staffId.slice(-6).toUpperCase()}`,
        touchpoint: 'desk-4',
      }),
    ])
    expect((await norte.activityOf(norte.ana)).map(({ action }) => action)).toContain('call.disowned')
    // Pressed again it is the same fact.
    await t.press(`${t.pathTo('ana')}/not-mine`)
    expect(await norte.events('call.disowned')).toHaveLength(1)
  })

  it('leads nowhere after seven days', async () => {
    const { call } = await norte.ringAsAna()
    await t.say(call.id, 'no')
    const path = t.pathTo('ana')
    norte.later(7 * 86_400_000)
    expect((await t.press(`${path}/not-mine`)).status).toBe(410)
    expect((await fetch(`${norte.app.origin}${path}`)).status).toBe(410)
    expect(await t.permitted(norte.ana)).toBe('DENY')
  })

  it('is of nobody in a forged link', async () => {
    expect((await t.press('/call/forged/not-mine')).status).toBe(410)
  })
})

describe('"I did not do this" after a yes', () => {
  it('takes back what was confirmed, and a yes that waits can be confirmed no more', async () => {
    const call = await t.verified('carmen')
    const carmen = await norte.subjectIdOf('carmen')
    await t.own(carmen, 'no')
    norte.later(1_000)
    await t.say(call.id, 'yes')
    norte.later(1_000)
    const link = t.linkTo('carmen')
    await confirmCallChoices(parts, {
      link,
      evidence: atHome,
      answers: [{ purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes' }],
    })
    expect(await t.permitted(carmen)).toBe('PERMIT')
    norte.later(1_000)
    await disownCallAct(parts, { link, evidence: atHome })
    expect(await t.permitted(carmen)).toBe('DENY')

    const second = await t.verified('carmen')
    await t.say(second.id, 'yes')
    const waiting = t.linkTo('carmen')
    await disownCallAct(parts, { link: waiting, evidence: atHome })
    expect(
      await confirmCallChoices(parts, {
        link: waiting,
        evidence: atHome,
        answers: [{ purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes' }],
      }),
    ).toEqual({ outcome: 'overtaken' })
    expect(await t.permitted(carmen)).toBe('DENY')
  })

  it('wins over a yes pressed at the same moment on another process', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    norte.ticking(1)
    for (let round = 0; round < 8; round += 1) {
      const call = await t.verified('carmen')
      await t.say(call.id, 'yes')
      const link = t.linkTo('carmen')
      await Promise.all([
        confirmCallChoices(parts, {
          link,
          evidence: atHome,
          answers: [{ purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes' }],
        }),
        disownCallAct(beside.house.calls, { link, evidence: atHome }),
      ])
      expect(await t.permitted(carmen)).toBe('DENY')
      await norte.tidy()
    }
    norte.ticking(0)
  })
})

describe('A yes that is written while the customer says "not me" elsewhere', () => {
  it('is taken back by whoever wrote it, because the later word was a no', async () => {
    norte.ticking(1)
    const carmen = await norte.subjectIdOf('carmen')
    const call = await t.verified('carmen')
    await t.say(call.id, 'yes')
    const link = t.linkTo('carmen')
    let disowned = false
    const slow: CallParts = {
      ...parts,
      work: async (act) => {
        const claimed = await parts.work(act)
        if (!disowned) {
          disowned = true
          await disownCallAct(beside.house.calls, { link, evidence: atHome })
        }
        return claimed
      },
    }
    const outcome = await confirmCallChoices(slow, {
      link,
      evidence: atHome,
      answers: [{ purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes' }],
    })
    norte.ticking(0)
    expect([disowned, outcome.outcome]).toEqual([true, 'overtaken'])
    const answers = await norte
      .owner('consent_events')
      .where({ subject_id: carmen })
      .orderBy('event_id', 'desc')
      .limit(2)
    expect(answers.map(({ type, surface }) => [type, surface])).toEqual([
      ['withdrawn', 'call-confirmation'],
      ['given', 'call-confirmation'],
    ])
    expect(await t.permitted(carmen)).toBe('DENY')
  })
})

describe('What the room holds of a person', () => {
  it('is theirs to read: the calls, and what was recorded in them (GDPR Art. 15)', async () => {
    const data = await callsPersonalData({ calls: parts.calls }).exportData(norte.ana)
    expect(data['calls']?.length).toBeGreaterThan(2)
    expect(data['calls']?.[0]).toMatchObject({ touchpoint: 'desk-4', reason: { code: 'privacy' } })
    expect(data['call_acts']?.[0]).toMatchObject({
      answers: [{ purpose: 'marketing.direct', contactChannel: 'email', answer: 'no' }],
      disownedAt: expect.any(Date),
    })
    expect(JSON.stringify(data)).not.toContain(norte.lucia.staffId)
  })
})

describe('A request made in a call', () => {
  it('is opened for the caller with the call’s reference, and its clock runs from now', async () => {
    const { call } = await norte.ringAsAna()
    const opened = await openRequestFor(parts, {
      ...norte.in(call.id),
      right: 'access',
      idempotencyKey: t.key(),
    })
    expect(opened.reference).not.toBe('')
    expect(String(opened.due)).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect((await norte.activityOf(norte.ana)).at(-1)).toMatchObject({
      action: 'call.request-opened',
      facts: { right: 'access', call: call.reference, assurance: 'number-match' },
    })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallParts, callScripts, confirmCallChoices } from '../../../src/features/calls/index.ts'
import { noticeFor, publishNotice, referenceTo } from '../../../src/features/consent/index.ts'
import { atHome, type CallHouse, openCallHouse } from './call-house.ts'
import { tellingIn } from './telling.ts'

/* In which words an agent writes something down, what they see of how it stands, and how often the person hears of it. */
let norte: CallHouse
let parts: CallParts
let t: ReturnType<typeof tellingIn>

beforeAll(async () => {
  norte = await openCallHouse()
  parts = norte.parts
  t = tellingIn(norte)
})
beforeEach(async () => {
  await norte.tidy()
  norte.later(60_000)
})
afterAll(() => norte?.close())

const later = () => norte.later(60_000)
const confirm = (person: string, answer: 'yes' | 'no') =>
  confirmCallChoices(parts, { link: t.linkTo(person), evidence: atHome, answers: [{ ...t.email, answer }] })

describe('The wording of an answer told on the telephone', () => {
  it('is one that is read at this desk in the language of the call (R57)', async () => {
    const { consoleWork, platform, registry } = norte.app.house
    await publishNotice(
      { work: consoleWork, clock: platform.clock },
      {
        actor: { kind: 'system', name: 'test' },
        notice: {
          id: 'marketing-direct-kiosk',
          version: 1,
          language: 'es',
          surface: 'kiosk',
          purpose: 'marketing.direct',
          purposeVersion: registry.current().active.get('marketing.direct')?.version ?? 0,
          title: 'Ofertas y novedades',
          summary: 'Recibir ofertas de Tienda Norte.',
          text: 'Comercial Norte, S. L. usará tu correo para enviarte ofertas.',
        },
      },
    )
    await registry.refresh()
    const call = await t.verified('bruno')
    const others = [
      noticeFor(registry.current(), 'marketing.direct', 'en'),
      noticeFor(registry.current(), 'marketing.direct', 'es', 'kiosk'),
    ].flatMap((notice) => (notice === undefined ? [] : [referenceTo(notice)]))
    expect(others.map(({ id, language }) => [id === t.offers.id, language])).toEqual([
      [true, 'en'],
      [false, 'es'],
    ])
    for (const notice of others) {
      for (const answer of ['yes', 'no'] as const) {
        const told = await t.say(call.id, answer, { choices: [{ ...t.email, answer, notice }] })
        expect(told.outcome).toBe('stale')
      }
    }
  })

  it('is not claimed to have been read where the caller was not verified, and only said no', async () => {
    await t.own(norte.ana, 'yes')
    later()
    const { call } = await norte.ringAsAna()
    await t.say(call.id, 'no')
    const [act] = await parts.calls.actsOf(norte.ana, call.id)
    expect(act?.particulars).toMatchObject({ caller_assurance: 'number-match' })
    expect(act?.particulars).not.toHaveProperty('script')
  })
})

describe('How the answers of a caller stand', () => {
  it('is told to the desk of nobody who was not verified, and each look at it is on record', async () => {
    const { call } = await norte.ringAsAna()
    const before = (await norte.activityOf(norte.ana)).length
    const scripts = await callScripts(parts, norte.in(call.id))
    expect(new Set(scripts.map(({ standing }) => standing))).toEqual(new Set(['none']))
    expect(await norte.activityOf(norte.ana)).toHaveLength(before)

    const known = await norte.verifyAna()
    await callScripts(parts, norte.in(known.id))
    expect((await norte.activityOf(norte.ana)).at(-1)).toMatchObject({
      action: 'call.choices-read',
      facts: { call: known.reference },
    })
  })
})

describe('A yes that is said again and again', () => {
  it('brings one message for as long as that is fresh, and never a flood (R52)', async () => {
    const call = await t.verified('carmen')
    const before = norte.app.outbox.messages.length
    for (let press = 0; press < 12; press += 1) {
      const told = await t.say(call.id, 'yes')
      expect(told.sentTo?.kind).toBe('email')
    }
    expect(norte.app.outbox.messages.length - before).toBe(1)

    for (let turn = 0; turn < 6; turn += 1) {
      norte.later(11 * 60_000)
      await t.say(call.id, 'yes')
    }
    expect(norte.app.outbox.messages.length - before).toBe(7)
  })

  it('is held back after three different ones, and a no that takes something back is told all the same', async () => {
    const call = await t.verified('bruno')
    const bruno = await norte.subjectIdOf('bruno')
    const before = norte.app.outbox.messages.length
    const turns = []
    for (let turn = 0; turn < 5; turn += 1) {
      // An answer by the link makes room for the next question.
      const told = await t.say(call.id, 'yes')
      turns.push(told.heldBack === true)
      later()
      if (told.heldBack !== true) await confirm('bruno', 'no')
    }
    expect(turns).toEqual([false, false, false, true, true])
    expect(norte.app.outbox.messages.length - before).toBe(3)
    await t.own(bruno, 'yes')
    later()
    await t.say(call.id, 'no')
    expect(norte.app.outbox.messages.length - before).toBe(4)
  })
})

import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallParts, confirmCallChoices, disownCallAct } from '../../../src/features/calls/index.ts'
import {
  noticeFor,
  objectToMarketing,
  publishNotice,
  restrictProcessing,
  withdrawByLink,
} from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { atHome, type CallHouse, openCallHouse } from './call-house.ts'
import { tellingIn } from './telling.ts'

/* What an agent wrote down, once the person says something else about it: by the link, or on their own pages. */
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
const disown = (person = 'ana') => disownCallAct(parts, { link: t.linkTo(person), evidence: atHome })
const confirm = (person: string, answer: 'yes' | 'no', room: CallParts = parts) =>
  confirmCallChoices(room, {
    link: t.linkTo(person),
    evidence: atHome,
    answers: [{ ...t.email, answer }],
  })
/** A room whose ledger cannot read what is known. */
const withoutFacts = (why: string): CallParts => ({
  ...parts,
  ledger: { ...parts.ledger, facts: { find: () => Promise.reject(new Error(why)) } },
})
/** A process that claims the link, keeps the answer in the ledger, and dies before it can say so. */
const dyingBeforeItTells = (): CallParts => {
  let units = 0
  return {
    ...parts,
    work: async (act) => {
      units += 1
      if (units > 1) throw new Error('killed')
      return parts.work(act)
    },
  }
}
const themselves = (subjectId: SubjectId) => ({ kind: 'subject', subjectId, assurance: 'passkey' }) as const
const object = (subjectId: SubjectId) =>
  objectToMarketing(norte.app.house.ledger, {
    subjectId,
    actor: themselves(subjectId),
    evidence: atHome,
    idempotencyKey: t.key(),
    controller: t.house.controller,
  })
const unsubscribe = (subjectId: SubjectId) =>
  withdrawByLink(norte.app.house.ledger, {
    link: { subjectId, ...t.house, ...t.email },
    evidence: atHome,
  })
const restrict = async (subjectId: SubjectId) =>
  restrictProcessing(norte.app.house.ledger, {
    subjectId,
    actor: { ...(await norte.agentNamed('dora', 'dpo')), roles: ['dpo'] },
    evidence: { channel: 'web', surface: 'dpo-console', language: 'es' },
    idempotencyKey: t.key(),
    controller: t.house.controller,
    scope: ['marketing.*'],
    ground: 'accuracy',
  })
/** Ana said yes for herself, and then an agent wrote a no down. */
const noOverHerYes = async () => {
  await t.own(norte.ana, 'yes')
  later()
  const { call } = await norte.ringAsAna()
  await t.say(call.id, 'no')
  expect(await t.permitted(norte.ana)).toBe('DENY')
  later()
}

describe('"I did not do this" after a no', () => {
  it('brings the yes back where nothing of hers came in between', async () => {
    await noOverHerYes()
    expect(await disown()).toMatchObject({ restored: [t.email], toBeAsked: [] })
    expect(await t.permitted(norte.ana)).toBe('PERMIT')
    later()
    await t.own(norte.ana, 'no')
    later()
    // Pressed again: what she decided since is not undone by the same link.
    expect(await disown()).toMatchObject({ restored: [] })
    expect(await t.permitted(norte.ana)).toBe('DENY')
  })

  it.each([
    ['she objects to all advertising (GDPR Art. 21(2))', object],
    ['she says no for herself, which stood as the agent’s until then', (who: SubjectId) => t.own(who, 'no')],
    ['she unsubscribes by the link of a newsletter', unsubscribe],
    [
      'she says yes and takes it back',
      async (who: SubjectId) => {
        await t.own(who, 'yes')
        later()
        await t.own(who, 'no')
      },
    ],
  ])('brings no yes back over what she did later: %s', async (_what, act) => {
    await noOverHerYes()
    await act(norte.ana)
    later()
    expect(await disown()).toMatchObject({ restored: [] })
    expect(await t.permitted(norte.ana)).toBe('DENY')
    // The page says so too.
    const page = await t.words(await t.open(t.pathTo('ana')))
    expect(page).toContain('Apuntado: no fuiste tú')
    expect(page).toContain('Sigue en no:Ofertas y novedades')
  })

  it('never brings back a yes over a later word of hers, in whatever order things happen', async () => {
    const acts: Record<string, () => Promise<unknown>> = {
      yes: () => t.own(norte.ana, 'yes'),
      no: () => t.own(norte.ana, 'no'),
      objection: () => object(norte.ana),
      unsubscribed: () => unsubscribe(norte.ana),
      'agent-no': async () => {
        const { call } = await norte.ringAsAna()
        await t.say(call.id, 'no')
      },
      disowned: () => disown(),
    }
    const names = Object.keys(acts)
    // A generator of its own, so that a failure can be run again.
    let seed = 20_261_122
    const dice = (sides: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((seed / 2 ** 32) * sides)
    }
    let herLast = 'no'
    const done: string[] = []
    for (let turn = 0; turn < 60; turn += 1) {
      const name = names[dice(names.length)] ?? 'yes'
      await norte.tidy()
      later()
      await acts[name]?.()
      done.push(name)
      if (name !== 'agent-no' && name !== 'disowned') herLast = name
      // Of whatever the agent wrote and was undone: it is permitted only if her own last word was a yes.
      if ((await t.permitted(norte.ana)) === 'PERMIT')
        expect([herLast, done.slice(-8)]).toEqual(['yes', done.slice(-8)])
    }
    expect(new Set(done)).toEqual(new Set(names))
  })
})

describe('"I did not do this" after a yes', () => {
  it('takes back the yes of the link, and leaves alone what she had agreed to before or agrees to later', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    const call = await t.verified('carmen')
    await t.say(call.id, 'yes')
    later()
    await confirm('carmen', 'yes')
    expect(await t.permitted(carmen)).toBe('PERMIT')
    later()
    await t.own(carmen, 'no')
    later()
    await t.own(carmen, 'yes')
    later()
    await disown('carmen')
    expect(await t.permitted(carmen)).toBe('PERMIT')
  })

  it('leaves alone her yes from elsewhere where an answer by the link was begun and never kept', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    await t.own(bruno, 'no')
    later()
    const call = await t.verified('bruno')
    await t.say(call.id, 'yes')
    later()
    await t.own(bruno, 'yes')
    later()
    await expect(confirm('bruno', 'yes', withoutFacts('database gone'))).rejects.toThrow('database gone')
    later()
    await disown('bruno')
    expect(await t.permitted(bruno)).toBe('PERMIT')
  })

  it('takes back the yes of an answer that was kept, though whoever kept it told nobody', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    await t.own(bruno, 'no')
    later()
    const call = await t.verified('bruno')
    await t.say(call.id, 'yes')
    later()
    await expect(confirm('bruno', 'yes', dyingBeforeItTells())).rejects.toThrow('killed')
    expect(await t.permitted(bruno)).toBe('PERMIT')
    // Another answer meets that one, a minute later; the link is answered by what was kept, not by what was pressed now.
    norte.later(61_000)
    expect(await confirm('bruno', 'no')).toEqual({ outcome: 'answered-before' })
    const page = load(await (await t.open(t.pathTo('bruno'))).text())
    expect([page('h1').text(), page('dd').first().text().trim()]).toEqual(['Ya respondiste a esto', 'Sí'])
    later()
    await disown('bruno')
    expect(await t.permitted(bruno)).toBe('DENY')
  })

  it('takes it back too where nobody came by the link in between', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const call = await t.verified('bruno')
    await t.say(call.id, 'yes')
    later()
    await expect(confirm('bruno', 'yes', dyingBeforeItTells())).rejects.toThrow('killed')
    expect(await t.permitted(bruno)).toBe('PERMIT')
    later()
    await disown('bruno')
    expect(await t.permitted(bruno)).toBe('DENY')
  })
})

describe('A link about a call', () => {
  const field = (answer: 'yes' | 'no') => ({ 'choice.marketing.direct.email': answer })

  it('answers once: a later yes by it is none, and it says how things stand (R56)', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    await t.own(carmen, 'no')
    later()
    const call = await t.verified('carmen')
    await t.say(call.id, 'yes')
    later()
    expect(await confirm('carmen', 'no')).toMatchObject({ outcome: 'confirmed' })
    later()
    const again = await t.press(t.pathTo('carmen'), field('yes'))
    expect(again.status).toBe(200)
    const html = await again.text()
    expect(await t.permitted(carmen)).toBe('DENY')
    expect(load(html)('h1').text()).toContain('Ya respondiste a esto')
    expect(load(html)('main').text()).toMatch(/Ofertas y novedades.*No/s)
    expect(load(html)('main a[href="/privacy/permissions"]')).toHaveLength(1)
    expect(await confirm('carmen', 'yes')).toEqual({ outcome: 'answered-before' })
    expect(await t.permitted(carmen)).toBe('DENY')
  })

  it('meets a no after a yes with the way to take it back, not with an error (GDPR Art. 7(3))', async () => {
    const carmen = await norte.subjectIdOf('carmen')
    const call = await t.verified('carmen')
    await t.say(call.id, 'yes')
    later()
    expect((await t.press(t.pathTo('carmen'), field('yes'))).status).toBe(200)
    expect(await t.permitted(carmen)).toBe('PERMIT')
    later()
    const again = await t.press(t.pathTo('carmen'), field('no'))
    expect([again.status, (await t.words(again)).includes('Ya respondiste a esto')]).toEqual([200, true])
    // And the page never says "yes" of what was taken back since.
    later()
    await t.own(carmen, 'no')
    const html = load(await (await t.open(t.pathTo('carmen'))).text())
    expect(html('dd').first().text().trim()).toBe('No')
  })

  it('can be answered again where the answer could not be kept, and says nothing was', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const call = await t.verified('bruno')
    await t.say(call.id, 'yes')
    later()
    await expect(confirm('bruno', 'yes', withoutFacts('database gone'))).rejects.toThrow('database gone')
    const page = load(await (await t.open(t.pathTo('bruno'))).text())
    expect([page('h1').text(), page('input[type=radio]').length]).toEqual(['¿Estás de acuerdo?', 2])
    // Of another mind by now.
    expect(await confirm('bruno', 'no')).toMatchObject({ outcome: 'confirmed' })
    expect(await t.permitted(bruno)).toBe('DENY')
    expect(load(await (await t.open(t.pathTo('bruno'))).text())('h1').text()).toContain('Ya respondiste')
  })

  it('is finished by the same answer where the process died in between, and by another after a minute', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    // Whatever it would have tidied up, it did not live to.
    const dyingRoom = (): CallParts => ({ ...dyingBeforeItTells(), ledger: withoutFacts('killed').ledger })
    const first = await t.verified('bruno')
    await t.say(first.id, 'yes')
    later()
    await expect(confirm('bruno', 'yes', dyingRoom())).rejects.toThrow('killed')
    expect(await confirm('bruno', 'no')).toEqual({ outcome: 'answered-before' })
    expect(await confirm('bruno', 'yes')).toMatchObject({ outcome: 'confirmed' })
    expect(await t.permitted(bruno)).toBe('PERMIT')

    later()
    await t.own(bruno, 'no')
    const second = await t.verified('bruno')
    await t.say(second.id, 'yes')
    later()
    await expect(confirm('bruno', 'yes', dyingRoom())).rejects.toThrow('killed')
    norte.later(61_000)
    expect(await confirm('bruno', 'no')).toMatchObject({ outcome: 'confirmed' })
    expect(await t.permitted(bruno)).toBe('DENY')
  })
})

describe('A restriction that was asked for after the call', () => {
  it('keeps the yes from coming back by the link: it is asked about again (GDPR Art. 18)', async () => {
    await noOverHerYes()
    await restrict(norte.ana)
    later()
    expect(await disown()).toMatchObject({ restored: [] })
    expect(await t.permitted(norte.ana)).toBe('DENY')
  })
})

describe('A wording that was replaced after the call', () => {
  it('ends the link, and "I did not do this" leaves alone the yes she gave in it elsewhere', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const { consoleWork, platform, registry } = norte.app.house
    await t.own(bruno, 'no')
    later()
    const call = await t.verified('bruno')
    await t.say(call.id, 'yes')
    later()
    await t.own(bruno, 'yes')
    later()
    const read = noticeFor(registry.current(), t.email.purpose, 'es')
    if (read === undefined) throw new Error('no wording')
    await publishNotice(
      { work: consoleWork, clock: platform.clock },
      {
        actor: { kind: 'system', name: 'test' },
        notice: {
          id: read.id,
          version: read.version + 1,
          language: 'es',
          surface: read.surface,
          purpose: read.purpose,
          purposeVersion: read.purposeVersion,
          title: read.title,
          summary: read.summary,
          text: `${read.text} Puedes decir que no cuando quieras.`,
        },
      },
    )
    await registry.refresh()
    expect(await confirm('bruno', 'yes')).toEqual({ outcome: 'overtaken' })
    later()
    await disown('bruno')
    expect(await t.permitted(bruno)).toBe('PERMIT')
  })
})

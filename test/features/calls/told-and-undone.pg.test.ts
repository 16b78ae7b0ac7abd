import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallParts, confirmCallChoices, disownCallAct } from '../../../src/features/calls/index.ts'
import { objectToMarketing, restrictProcessing, withdrawByLink } from '../../../src/features/consent/index.ts'
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
    const failing: CallParts = {
      ...parts,
      ledger: {
        ...parts.ledger,
        facts: {
          find: async () => {
            throw new Error('database gone')
          },
        },
      },
    }
    await expect(confirm('bruno', 'yes', failing)).rejects.toThrow('database gone')
    const page = load(await (await t.open(t.pathTo('bruno'))).text())
    expect([page('h1').text(), page('input[type=radio]').length]).toEqual(['¿Estás de acuerdo?', 2])
    // Of another mind by now.
    expect(await confirm('bruno', 'no')).toMatchObject({ outcome: 'confirmed' })
    expect(await t.permitted(bruno)).toBe('DENY')
    expect(load(await (await t.open(t.pathTo('bruno'))).text())('h1').text()).toContain('Ya respondiste')
  })

  it('is finished by the same answer where the process died in between, and by another after a minute', async () => {
    const bruno = await norte.subjectIdOf('bruno')
    const dyingRoom = (): CallParts => {
      let units = 0
      return {
        ...parts,
        ledger: { ...parts.ledger, facts: { find: () => Promise.reject(new Error('killed')) } },
        // Whatever it would have tidied up, it did not live to.
        work: async (act) => {
          units += 1
          if (units > 1) throw new Error('killed')
          return parts.work(act)
        },
      }
    }
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

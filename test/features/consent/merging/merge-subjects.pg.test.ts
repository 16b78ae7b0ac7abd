import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide } from '../../../../src/features/consent/index.ts'
import type { ContactChannel } from '../../../../src/kernel/evidence.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type MergingHouse, openMergingHouse } from './merging-house.ts'

let house: MergingHouse
let serial = 0
beforeAll(async () => {
  house = await openMergingHouse()
  await house.begin()
})
afterAll(() => house.close())

const account = (name: string): Promise<SubjectId> => house.norte.register(`${name}${++serial}`)
const newsletter = ['marketing.direct', 'email'] as const
const personal = ['personalisation.onsite', 'none'] as const

async function say(
  subjectId: SubjectId,
  [purpose, channel]: readonly [string, ContactChannel],
  answer: 'yes' | 'no' | 'later',
) {
  house.norte.pass(60_000)
  await house.say(subjectId, purpose, channel, answer)
}

/** Everything either account holds of its own, as text. */
const ledgerOf = async (...accounts: SubjectId[]): Promise<string> => {
  const lines: string[] = []
  for (const table of ['consent_events', 'receipts', 'identifiers', 'assertions', 'consent_log_places']) {
    const rows = await house.norte.owner
      .from(table)
      .whereIn('subject_id', accounts)
      .select(house.norte.owner.raw(`${table}::text as line`))
    lines.push(table, ...rows.map(({ line }) => line as string).sort())
  }
  return lines.join('\n')
}

describe('When Ana’s web account and store card are merged', () => {
  test('what she refused in the store is refused on the web in the same moment, and allowed again once unmerged', async () => {
    const [web, card] = [await account('Ana'), await account('AnaTarjeta')]
    await say(web, newsletter, 'yes')
    await say(card, newsletter, 'no')
    expect(await house.contactable(...newsletter)).toContain(web)
    const [ledger, keptWeb, keptCard] = [
      await ledgerOf(web, card),
      await house.kept(web),
      await house.kept(card),
    ]

    expect(await house.merge(web, card)).toMatchObject({ outcome: 'linked' })
    expect(await house.contactable(...newsletter)).not.toContain(web)
    expect(await house.single(web, ...newsletter)).toMatchObject({
      decision: 'DENY',
      reason: 'CONSENT_REFUSED',
    })
    await house.expectKeptAsSingle([web, card])
    const told = await house.norte
      .owner('outbox_events')
      .where({ subject_id: web })
      .orderBy('subject_version')
    expect(told.at(-1)).toMatchObject({
      type: 'consent.permissions-changed',
      payload: {
        because: 'consent.subjects-merged',
        permissions: expect.arrayContaining([
          expect.objectContaining({ purpose: 'marketing.direct', contactChannel: 'email', decision: 'DENY' }),
        ]),
      },
    })
    expect(await ledgerOf(web, card)).toBe(ledger)

    expect(await house.unmerge(card, web)).toBe(1)
    expect(await house.contactable(...newsletter)).toContain(web)
    expect(await house.kept(web)).toEqual(expect.arrayContaining([...keptWeb]))
    expect(await house.kept(card)).toEqual(expect.arrayContaining([...keptCard]))
    expect(await ledgerOf(web, card)).toBe(ledger)
    await house.expectKeptAsSingle([web, card])
  })

  test('a later yes for the address both accounts know holds against the earlier no, if she proved both', async () => {
    const [web, card] = [await account('Blanca'), await account('BlancaTarjeta')]
    await say(card, newsletter, 'no')
    await say(web, newsletter, 'yes')
    const shared = {
      contactPoint: await house.contactPointOf(web),
      otherContactPoint: await house.contactPointOf(card),
    }
    await house.merge(web, card, { assurance: 'L1', shared, rule: 'verified-contact-point' })
    expect(await house.contactable(...newsletter)).not.toContain(web)
    await house.merge(web, card, { shared })
    expect(await house.contactable(...newsletter)).toContain(web)
    expect(await house.contactable(...newsletter)).not.toContain(card)
    await house.expectKeptAsSingle([web, card])
    expect(await house.unmerge(web, card)).toBe(2)
    expect(await house.contactable(...newsletter)).toContain(web)
  })

  test('three accounts: the no of one reaches the others over a third, until either link ends', async () => {
    const accounts = [await account('Clara'), await account('ClaraApp'), await account('ClaraTarjeta')]
    const [web, app, card] = accounts as [SubjectId, SubjectId, SubjectId]
    await say(web, newsletter, 'yes')
    await say(card, newsletter, 'no')
    await house.merge(web, app)
    expect(await house.contactable(...newsletter)).toContain(web)
    await house.merge(app, card)
    expect(await house.contactable(...newsletter)).not.toContain(web)
    await house.expectKeptAsSingle(accounts)
    await house.unmerge(app, card)
    expect(await house.contactable(...newsletter)).toContain(web)
    await house.expectKeptAsSingle(accounts)
  })

  test('a refused merge changes nothing, and a mistaken one can be ended when one account was blocked since', async () => {
    const [web, card] = [await account('Diana'), await account('DianaTarjeta')]
    await say(web, newsletter, 'yes')
    await say(card, newsletter, 'no')
    expect(await house.merge(web, card, { assurance: 'L0' })).toMatchObject({ outcome: 'refused' })
    expect(await house.contactable(...newsletter)).toContain(web)
    await house.merge(web, card)
    await house.norte.owner('subjects').where({ subject_id: card }).update({ state: 'blocked' })
    expect(await house.merge(web, await account('Otra'))).toMatchObject({ reason: 'PROFILE_BLOCKED' })
    expect(await house.contactable(...newsletter)).not.toContain(web)
    await house.unmerge(web, card, true)
    expect(await house.contactable(...newsletter)).toContain(web)
  })

  test('whoever read an account before the merge cannot keep what they decided without it', async () => {
    const [web, card] = [await account('Elena'), await account('ElenaTarjeta')]
    const epochs = async () => {
      const rows = await house.norte
        .owner('subjects')
        .whereIn('subject_id', [web, card])
        .pluck('consent_epoch')
      return rows.map(Number)
    }
    const before = await epochs()
    await house.merge(web, card)
    expect(await epochs()).toEqual(before.map((epoch) => epoch + 1))
    await house.unmerge(web, card)
    expect(await epochs()).toEqual(before.map((epoch) => epoch + 2))
  })

  test('merging goes on while the accounts are recorded for, and loses nothing', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [web, card] = [await account('Irene'), await account('IreneTarjeta')]
      const [merged] = await Promise.all([
        house.merge(web, card),
        say(card, newsletter, 'no'),
        say(web, personal, 'no'),
      ])
      expect(merged.outcome).toBe('linked')
      expect(await house.norte.count('consent_events', card)).toBe(1)
      expect(await house.norte.count('consent_events', web)).toBe(1)
    }
  })

  test('what she says on one account while they are merged holds for the other at once, and on its own once unmerged', async () => {
    const [web, card] = [await account('Julia'), await account('JuliaTarjeta')]
    await say(web, newsletter, 'yes')
    await house.merge(web, card)
    expect(await house.contactable(...newsletter)).toContain(web)
    await say(card, newsletter, 'no')
    expect(await house.contactable(...newsletter)).not.toContain(web)
    expect(await house.single(web, ...newsletter)).toMatchObject({ reason: 'CONSENT_REFUSED' })
    const known = await house.facts.find(web)
    const query = {
      system: 'newsletter',
      purpose: 'marketing.direct',
      contactChannel: 'email',
      attribute: 'email',
    } as const
    const asked = { ...query, controller: 'tienda-norte', brand: 'tienda-norte' }
    const at = house.norte.clock.now().getTime()
    expect(decide(asked, known!.facts, house.norte.registry.current(), at).reason).toBe('CONSENT_REFUSED')
    await house.expectKeptAsSingle([web, card])
    await house.unmerge(web, card)
    expect(await house.contactable(...newsletter)).toContain(web)
  })

  test('yes on one account and no on the other at the same moment: whoever comes second knows of the first', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [web, card] = [await account('Kira'), await account('KiraTarjeta')]
      await house.merge(web, card)
      await Promise.all([say(web, newsletter, 'yes'), say(card, newsletter, 'no')])
      expect(await house.contactable(...newsletter)).not.toContain(web)
      await house.expectKeptAsSingle([web, card])
    }
  })

  test('eight merges and unmerges at once over three accounts leave permissions that follow from the links', async () => {
    const accounts = [await account('Fe'), await account('FeApp'), await account('FeTarjeta')]
    const [web, app, card] = accounts as [SubjectId, SubjectId, SubjectId]
    await say(web, newsletter, 'yes')
    await say(app, personal, 'yes')
    await say(card, newsletter, 'no')
    await house.merge(web, app)
    const outcomes = await Promise.allSettled([
      house.merge(app, card),
      house.merge(web, card, { rule: 'other' }),
      house.unmerge(web, app),
      house.merge(web, app, { rule: 'third' }),
      house.unmerge(app, card),
      house.merge(card, app, { assurance: 'L1' }),
      house.unmerge(web, app),
      house.merge(web, card),
    ])
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    await house.expectKeptAsSingle(accounts)
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactedInstead, recordChoices } from '../../../../src/features/consent/index.ts'
import { pgChangeFeed } from '../../../../src/features/delivery/index.ts'
import type { ContactChannel } from '../../../../src/kernel/evidence.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { house as retailer } from '../consent-house.ts'
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
const questions = [newsletter, ['marketing.direct', 'sms'], personal] as const

async function say(
  subjectId: SubjectId,
  [purpose, channel]: readonly [string, ContactChannel],
  answer: 'yes' | 'no' | 'later',
) {
  house.norte.pass(60_000)
  await house.say(subjectId, purpose, channel, answer)
}

const lastTold = async (subjectId: SubjectId) =>
  (await house.norte.owner('outbox_events').where({ subject_id: subjectId }).orderBy('subject_version')).at(
    -1,
  )

test('a complaint, a restriction and a date of birth of one account are in the other’s kept answers at once, and told', async () => {
  const [web, card] = [await account('Lucia'), await account('LuciaTarjeta')]
  await say(web, newsletter, 'yes')
  await house.merge(web, card)
  expect(await house.contactable(...newsletter)).toContain(web)

  await house.declare(card, 'birth_date', '2015-05-01')
  expect(await house.contactable(...newsletter)).not.toContain(web)
  expect(await lastTold(web)).toMatchObject({
    type: 'consent.permissions-changed',
    payload: { because: 'consent.linked-account-changed', permissions: [{ decision: 'DENY' }] },
  })
  await house.expectKeptAsSingle([web, card])

  await house.declare(card, 'birth_date', '1990-05-01')
  expect(await house.contactable(...newsletter)).toContain(web)
  await house.suppress(card, 'email')
  // The complaint came to the card's own address; it stands for every address of hers.
  expect(await house.single(web, ...newsletter)).toMatchObject({ reason: 'SUPPRESSED_INTERNAL' })
  expect(await house.contactable(...newsletter)).not.toContain(web)
  await house.restrict(card, '*')
  await house.expectKeptAsSingle([web, card])
})

test('where nobody decides again in the unit, the other account is left without an answer, never with an old yes', async () => {
  const [web, card] = [await account('Lidia'), await account('LidiaTarjeta')]
  await say(web, newsletter, 'yes')
  await house.merge(web, card)
  house.norte.pass(60_000)
  const refusal = house.norte.command(card, [house.norte.choice(...newsletter, 'no')])
  await recordChoices({ ...house.ledger, work: house.ordinary }, refusal)
  const [kept] = (await house.kept(web)).filter((row) => row['purpose_id'] === newsletter[0])
  expect(kept).toMatchObject({ decision: 'PERMIT', valid_until: house.norte.clock.now() })
  expect(await house.contactable(...newsletter)).not.toContain(web)
})

test('whoever has one account is decided again at once too when the date of birth changes', async () => {
  const alone = await account('Marta')
  await say(alone, newsletter, 'yes')
  await house.declare(alone, 'birth_date', '2015-05-01')
  await house.expectKeptAsSingle([alone])
  expect(await house.contactable(...newsletter)).not.toContain(alone)
  await house.declare(alone, 'birth_date', '1990-05-01')
  await house.expectKeptAsSingle([alone])
  expect(await house.contactable(...newsletter)).toContain(alone)
})

test('somebody who agreed on two accounts gets the newsletter once, and each account its own recommendations', async () => {
  const [web, card] = [await account('Nuria'), await account('NuriaTarjeta')]
  for (const one of [web, card]) {
    await say(one, newsletter, 'yes')
    await say(one, personal, 'yes')
  }
  const mailed = async () =>
    (await house.contactable(...newsletter)).filter((one) => [web, card].includes(one))
  expect(await mailed()).toEqual([web, card])
  await house.merge(web, card)
  expect(await mailed()).toEqual([web])
  expect(await house.contactable(...personal)).toEqual(expect.arrayContaining([web, card]))
  await house.norte.owner('subjects').where({ subject_id: web }).update({ state: 'blocked' })
  expect(await mailed()).toEqual([card])
  await house.norte.owner('subjects').where({ subject_id: web }).update({ state: 'active' })
  await house.unmerge(web, card)
  expect(await mailed()).toEqual([web, card])
})

/** Of these accounts, those that may be contacted and are not left out for another one of the person's. */
async function contactedBySingleAnswers(
  accounts: readonly SubjectId[],
  purpose: string,
  contactChannel: ContactChannel,
): Promise<readonly SubjectId[]> {
  const { facts, norte } = house
  const { registry, clock } = norte
  const found = await Promise.all(
    accounts.map(async (subjectId) => {
      const known = await facts.find(subjectId)
      if (known === undefined) throw new Error('nobody')
      const { decision } = await house.single(subjectId, purpose, contactChannel)
      const question = { ...retailer, purpose, contactChannel }
      const person = { subjectId, facts: known.facts }
      const instead = await contactedInstead({ facts, registry, clock }, person, question)
      return decision === 'PERMIT' && instead === undefined ? [subjectId] : []
    }),
  )
  return found.flat()
}

test('what a link changes comes up in the feed of changes, for the account that nobody touched', async () => {
  const [web, card] = [await account('Olga'), await account('OlgaTarjeta')]
  await say(web, newsletter, 'yes')
  await say(card, newsletter, 'no')
  const feed = pgChangeFeed(house.norte.reader)
  const heardOf = async (changed: SubjectId, act: () => Promise<unknown>) => {
    const from = await feed.now()
    await act()
    // Whoever else writes to this cluster holds the feed back until they have committed: late, never wrong.
    const found = async () => (await feed.since(from, 1000))?.map(({ subjectId }) => subjectId)
    await expect.poll(found, { timeout: 20_000 }).toContain(changed)
  }
  await heardOf(web, () => house.merge(web, card))
  await heardOf(web, () => house.unmerge(web, card))
  await say(card, newsletter, 'yes')
  await house.merge(web, card)
  await heardOf(card, () => say(web, newsletter, 'no'))
})

test('a rehearsed merge tells conflicts and permissions as the merge makes them, refusals too, and keeps nothing', async () => {
  const [web, card] = [await account('Pilar'), await account('PilarTarjeta')]
  await say(web, newsletter, 'yes')
  await say(card, newsletter, 'no')
  const everything = async () => [
    await house.kept(web),
    await house.kept(card),
    await house.links.history(web),
    (await house.norte.owner('audit_entries').where({ stream_id: web })).length,
    (await lastTold(web)).event_id,
  ]
  const before = await everything()
  const preview = await house.preview(web, card)
  expect(preview.outcome).toMatchObject({ outcome: 'linked', cluster: { members: [web, card] } })
  expect(preview.conflicts).toEqual([
    {
      brand: 'tienda-norte',
      purpose: 'marketing.direct',
      contactChannel: 'email',
      said: [
        { subjectId: web, state: 'GIVEN', at: expect.any(Date) },
        { subjectId: card, state: 'REFUSED', at: expect.any(Date) },
      ],
    },
  ])
  expect(preview.permissions).toContainEqual({
    subjectId: web,
    brand: 'tienda-norte',
    purpose: 'marketing.direct',
    contactChannel: 'email',
    before: 'PERMIT',
    after: 'DENY',
    reason: 'CONSENT_REFUSED',
  })
  expect(await everything()).toEqual(before)
  expect(await house.preview(web, card, { assurance: 'L0' })).toMatchObject({
    outcome: { outcome: 'refused', reason: 'INSUFFICIENT_LINK_ASSURANCE' },
  })

  await house.merge(web, card)
  for (const { subjectId, purpose, contactChannel, after, reason } of preview.permissions)
    expect(await house.single(subjectId, purpose, contactChannel)).toMatchObject({ decision: after, reason })
})

const anyStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      question: fc.constantFrom(...questions),
      answer: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'later' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('object' as const),
      purpose: fc.constantFrom('marketing.direct', 'fraud.prevention', 'personalisation.onsite'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restrict' as const),
      scope: fc.constantFrom('marketing.*', 'attr:shoe_size'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('suppress' as const), channel: fc.constantFrom('email', 'sms') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('declare' as const),
      value: fc.constantFrom(
        ['birth_date', '1990-05-01'] as const,
        ['birth_date', '2015-05-01'] as const,
        ['birth_date', undefined] as const,
        ['shoe_size', 38] as const,
        ['shoe_size', undefined] as const,
      ),
    }),
  },
)
const anyLink = fc.record({
  do: fc.constantFrom('merge' as const, 'merge' as const, 'unmerge' as const),
  with: fc.nat(3),
  assurance: fc.constantFrom('L1' as const, 'L2' as const),
})
const anyAct = fc.oneof({ weight: 3, arbitrary: anyStep }, { weight: 2, arbitrary: anyLink })

type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never

async function take(step: Step, one: SubjectId): Promise<void> {
  house.norte.pass(60_000)
  if (step.do === 'say') await house.say(one, step.question[0], step.question[1], step.answer)
  else if (step.do === 'object') await house.object(one, step.purpose)
  else if (step.do === 'restrict') await house.restrict(one, step.scope)
  else if (step.do === 'suppress') await house.suppress(one, step.channel as ContactChannel)
  else await house.declare(one, step.value[0], step.value[1])
}

test('after any history of facts, links and their ends: kept is single at every step, and unmerged is as if it had never been', async () => {
  const history = fc.array(fc.record({ of: fc.nat(3), act: anyAct }), { minLength: 4, maxLength: 12 })
  let linkedSteps = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 4 }), history, async (size, acts) => {
      const accounts: SubjectId[] = []
      const twins: SubjectId[] = []
      for (let n = 0; n < size; n += 1) {
        accounts.push(await account('Gala'))
        twins.push(await account('Sola'))
      }
      for (const { of, act } of acts) {
        const [one, twin] = [accounts[of % size] as SubjectId, twins[of % size] as SubjectId]
        if ('with' in act) {
          const other = accounts[act.with % size] as SubjectId
          if (one === other) continue
          house.norte.pass(60_000)
          if (act.do === 'merge') await house.merge(one, other, { assurance: act.assurance })
          else await house.unmerge(one, other)
        } else {
          await take(act, one)
          await take(act, twin)
        }
        if ((await house.links.inForce(accounts)).length > 0) linkedSteps += 1
        await house.expectKeptAsSingle(accounts)
        for (const [purpose, channel] of questions) {
          // Whom the list has is who follows from single answers, person by person.
          const listed = await house.contactable(purpose, channel)
          const single = await contactedBySingleAnswers(accounts, purpose, channel)
          expect(accounts.filter((one) => listed.includes(one))).toEqual(single)
        }
      }
      for (const one of accounts) await unmergeAll(one)
      for (const [place, one] of accounts.entries()) {
        for (const [purpose, channel] of questions) {
          const mine = await house.single(one, purpose, channel)
          const never = await house.single(twins[place] as SubjectId, purpose, channel)
          expect([mine.decision, mine.reason, mine.attributes]).toEqual([
            never.decision,
            never.reason,
            never.attributes,
          ])
        }
      }
      await house.expectKeptAsSingle(accounts)
    }),
    { numRuns: 20 },
  )
  // Were nobody ever linked, this would prove nothing.
  expect(linkedSteps).toBeGreaterThan(30)
}, 120_000)

const unmergeAll = async (one: SubjectId) => {
  for (const { subjects } of await house.links.inForce([one])) await house.unmerge(subjects[0], subjects[1])
}

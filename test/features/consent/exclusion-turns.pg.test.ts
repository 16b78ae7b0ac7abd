import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ExclusionAnswer,
  type ExclusionList,
  type ExclusionParts,
  pgDueChecks,
  recordPurchase,
  refreshExclusionChecks,
} from '../../../src/features/consent/index.ts'
import { pgIdentityReads } from '../../../src/features/identity/index.ts'
import { refused } from '../../../src/kernel/errors.ts'
import { type ConsentHouse, dpo, house, openConsentHouse } from './consent-house.ts'

/** A list that takes no address beginning with `bad`, and knows who took back what they agreed to with us. */
const revocations = new Map<string, Date>()
let heard: string[] = []
const list = (name: string): ExclusionList => ({
  name,
  contactChannels: ['email'],
  most: 50,
  check: async (values) => {
    heard.push(...values)
    if (values.some((value) => value.startsWith('bad'))) {
      throw refused('exclusion-list-refused', 'An address it does not take.')
    }
    return values.map((value): ExclusionAnswer => {
      const companyRevocation = revocations.get(value)
      return { listed: false, ...(companyRevocation === undefined ? {} : { companyRevocation }) }
    })
  },
})

const hour = 3_600_000
let norte: ConsentHouse
let parts: ExclusionParts
beforeAll(async () => {
  norte = await openConsentHouse()
  const { work, clock, entropy, registry, sealer } = norte
  parts = {
    circumstances: { work, clock, entropy, registry, facts: norte.parts.facts },
    ledger: norte.parts,
    lists: [list('robinson'), list('stop_publicidad')],
    due: pgDueChecks(norte.lane),
    reads: pgIdentityReads(norte.lane),
    sealer,
    controller: house.controller,
  }
  for (let n = 0; n < 201; n += 1) await buyer(`bad${n}`)
})
afterAll(() => norte.close())

const buyer = async (name: string) => {
  const subjectId = await norte.register(name)
  await recordPurchase(parts.circumstances, {
    subjectId,
    actor: dpo,
    purchaseId: norte.entropy.id(),
    controller: house.controller,
    category: 'fashion',
    optOutOffered: true,
    boughtAt: norte.clock.now(),
  })
  return subjectId
}

/** Agreed, and took it back through a list a moment later. */
const takesBackThroughAList = async (name: string) => {
  const subjectId = await norte.register(name)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(1000)
  revocations.set(`${name.toLowerCase()}@correo.example`, norte.clock.now())
  return subjectId
}
const withdrawn = async (subjectId: Awaited<ReturnType<typeof buyer>>) =>
  (await norte.owner('consent_events').where({ subject_id: subjectId, type: 'withdrawn' })).length > 0

test('201 people whose address a list does not take keep nobody waiting: Ana’s revocation is heard in the same run', async () => {
  const ana = await takesBackThroughAList('Ana')
  await expect(refreshExclusionChecks(parts)).rejects.toThrow(AggregateError)
  expect(await withdrawn(ana)).toBe(true)
  const [row] = await norte.owner('exclusion_attempts').where({ outcome: 'refused' }).count({ found: '*' })
  expect(Number(row?.['found'])).toBe(402)
})

test('where a run has time for one page only, whoever waits longest is in the next one', async () => {
  const bruno = await takesBackThroughAList('Bruno')
  norte.pass(25 * hour)
  // Nobody ever asked about Bruno, so he comes before all who were tried yesterday.
  await expect(refreshExclusionChecks(parts, { budgetMs: 0, page: 50 })).rejects.toThrow(AggregateError)
  expect(await withdrawn(bruno)).toBe(true)
  for (let run = 0; run < 5; run += 1) {
    await refreshExclusionChecks(parts, { budgetMs: 0, page: 50 }).catch(() => undefined)
  }
  const attempts = await norte.owner('exclusion_attempts').select('asked_at')
  expect(new Set(attempts.map(({ asked_at: at }) => at.getTime()))).toEqual(
    new Set([norte.clock.now().getTime()]),
  )
})

test('what a list refused is left in peace for a day, and nothing is sent meanwhile', async () => {
  heard = []
  norte.pass(hour)
  expect(await refreshExclusionChecks(parts)).toEqual({ people: 0, asked: 0, revoked: 0 })
  expect(heard).toEqual([])
})

test('a run that is called off begins no further page', async () => {
  norte.pass(24 * hour)
  const off = AbortSignal.abort()
  heard = []
  await expect(refreshExclusionChecks(parts, { page: 10, signal: off })).rejects.toThrow(AggregateError)
  expect(new Set(heard).size).toBe(10)
})

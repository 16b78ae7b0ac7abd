import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { campaignStatus } from '../../../../src/features/consent/campaigns/campaign-status.ts'
import { draftCampaign } from '../../../../src/features/consent/campaigns/draft-campaign.ts'
import { endCampaign } from '../../../../src/features/consent/campaigns/end-campaign.ts'
import { pgCampaignReads } from '../../../../src/features/consent/campaigns/pg-campaign-reads.ts'
import { startCampaign } from '../../../../src/features/consent/campaigns/start-campaign.ts'
import { objectToMarketing } from '../../../../src/features/consent/object-to-marketing.ts'
import { moveSubject } from '../../../../src/features/consent/permissions/move-subject.ts'
import { pgPermissionReads } from '../../../../src/features/consent/permissions/pg-permission-reads.ts'
import { redecidePermissions } from '../../../../src/features/consent/permissions/redecide-permissions.ts'
import { undecidedPurposes } from '../../../../src/features/consent/undecided-purposes.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type ConsentHouse, dpo, evidence, house, openConsentHouse, purposes } from '../consent-house.ts'

const day = 86_400_000
const purpose = 'marketing.direct'

let norte: ConsentHouse
let edition = 1
const everybody: SubjectId[] = []
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const parts = () => ({
  work: norte.work,
  clock: norte.clock,
  registry: norte.registry,
  reads: pgCampaignReads(norte.lane),
})
const redeciding = () => ({
  ...norte.parts,
  work: norte.work,
  registry: norte.registry,
  reads: pgPermissionReads(norte.reader),
})

async function sweep() {
  for (let round = 0; round < 100; round += 1) {
    norte.pass(11_000)
    if ((await redecidePermissions(redeciding())).done) return
  }
  throw new Error('the sweep never ended')
}

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      channel: fc.constantFrom('email' as const, 'email' as const, 'sms' as const),
      answer: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'later' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('object' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), to: fc.constantFrom('ES', 'DE', 'FR', 'XX') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const) }) },
)
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

async function take(subjectId: SubjectId, one: Act) {
  switch (one.do) {
    case 'say':
      await norte.say(subjectId, purpose, one.channel, one.answer)
      return
    case 'object':
      await objectToMarketing(norte.parts, {
        subjectId,
        actor: norte.asSubject(subjectId),
        evidence,
        idempotencyKey: norte.entropy.id(),
        controller: house.controller,
      })
      return
    case 'move':
      await moveSubject(redeciding(), { subjectId, actor: dpo, jurisdiction: one.to })
      return
    case 'lock':
      await norte.owner('subjects').where({ subject_id: subjectId }).update({ state: 'locked' })
  }
}

/** How many people the next sign-in would ask because the purpose changed, one by one by the rule itself. */
async function asked(): Promise<number> {
  await norte.registry.refresh()
  let found = 0
  for (const subjectId of everybody) {
    const due = await undecidedPurposes(norte.parts, { subjectId, ...house })
    if (due.some(({ because }) => because === 'changed')) found += 1
  }
  return found
}

async function publishMaterialChange() {
  const draft = purposes.find(({ id }) => id === purpose)
  if (draft === undefined) throw new Error(`no ${purpose}`)
  const { title, ...rest } = draft
  edition += 1
  await norte.publish({ ...rest, change: 'material' }, title, edition)
  await norte.registry.refresh()
}

const histories = fc.array(fc.array(act, { maxLength: 3 }), { minLength: 4, maxLength: 4 })
const rounds = fc.array(fc.record({ who: fc.nat({ max: 99 }), act, days: fc.constantFrom(0, 1, 40, 190) }), {
  minLength: 2,
  maxLength: 5,
})

test('who is counted is who is asked, at every moment of a campaign and for any history', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      rounds,
      fc.constantFrom('P1M', 'P6M', 'P12M'),
      async (before, during, coolOff) => {
        for (const acts of before) {
          const subjectId = await norte.register(`P${norte.entropy.id()}`)
          everybody.push(subjectId)
          for (const one of acts) await take(subjectId, one)
        }
        norte.pass(200 * day)
        await publishMaterialChange()
        await sweep()
        const now = norte.clock.now()
        const campaignId = await draftCampaign(
          { ...parts(), entropy: norte.entropy, registry: norte.registry.current() },
          { actor: dpo, purpose, coolOff, opensAt: now, closesAt: new Date(now.getTime() + 2000 * day) },
        )
        const status = () => campaignStatus(parts(), campaignId)
        expect(await asked()).toBe(0)
        const planned = (await status()).toBeAsked
        await startCampaign(parts(), { actor: dpo, campaignId })
        expect(await asked()).toBe(planned)
        for (const { who, act: one, days } of during) {
          const subjectId = everybody[who % everybody.length]
          if (subjectId !== undefined) await take(subjectId, one)
          norte.pass(days * day)
          await sweep()
          const { toBeAsked, unanswered, counting } = await status()
          expect({ toBeAsked, counting }).toEqual({ toBeAsked: await asked(), counting: false })
          expect(unanswered).toBeGreaterThanOrEqual(toBeAsked)
        }
        await endCampaign(parts(), { actor: dpo, campaignId })
        expect([await asked(), (await status()).toBeAsked]).toEqual([0, 0])
      },
    ),
    { numRuns: 8, endOnFailure: true },
  )
}, 120_000)

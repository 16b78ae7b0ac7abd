import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateOf } from '../../../../src/features/consent/campaigns/campaign.ts'
import { campaignStatus } from '../../../../src/features/consent/campaigns/campaign-status.ts'
import { draftCampaign } from '../../../../src/features/consent/campaigns/draft-campaign.ts'
import { endCampaign } from '../../../../src/features/consent/campaigns/end-campaign.ts'
import { pgCampaignReads } from '../../../../src/features/consent/campaigns/pg-campaign-reads.ts'
import { startCampaign } from '../../../../src/features/consent/campaigns/start-campaign.ts'
import { objectToMarketing } from '../../../../src/features/consent/object-to-marketing.ts'
import { pgPermissionReads } from '../../../../src/features/consent/permissions/pg-permission-reads.ts'
import { redecidePermissions } from '../../../../src/features/consent/permissions/redecide-permissions.ts'
import { undecidedPurposes } from '../../../../src/features/consent/undecided-purposes.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type ConsentHouse, dpo, evidence, house, openConsentHouse, purposes } from '../consent-house.ts'

let shop: ConsentHouse
const people = new Map<string, SubjectId>()
const day = 86_400_000
const parts = () => ({
  work: shop.work,
  clock: shop.clock,
  registry: shop.registry,
  reads: pgCampaignReads(shop.lane),
})

/** Everybody is decided again by what is in force, as the worker does. */
async function sweep() {
  const { work, registry, reader } = shop
  const redeciding = { ...shop.parts, work, registry, reads: pgPermissionReads(reader) }
  for (let round = 0; round < 50; round += 1) {
    // Longer than any process may go on deciding by the registry of before.
    shop.pass(11_000)
    if ((await redecidePermissions(redeciding)).done) return
  }
  throw new Error('the sweep never ended')
}

/** Who is asked at a sign-in because a purpose changed. */
async function askedBecauseChanged(...names: readonly string[]): Promise<readonly string[]> {
  await shop.registry.refresh()
  const due = await Promise.all(
    names.map(async (name) => {
      const asked = await undecidedPurposes(shop.parts, { subjectId: person(name), ...house })
      return asked.some(({ because }) => because === 'changed') ? [name] : []
    }),
  )
  return due.flat()
}
const person = (name: string): SubjectId => people.get(name)!
const say = (name: string, answer: 'yes' | 'no' | 'later') =>
  shop.say(person(name), 'marketing.direct', 'email', answer)

beforeAll(async () => {
  shop = await openConsentHouse()
  for (const name of ['Ana', 'Bruno', 'Carmen', 'Daniel', 'Elena', 'Felipe', 'Gema']) {
    people.set(name, await shop.register(name))
  }
  for (const name of ['Ana', 'Bruno', 'Carmen', 'Daniel', 'Elena', 'Felipe']) await say(name, 'yes')
  shop.pass(day)
  await say('Elena', 'no')
  await objectToMarketing(shop.parts, {
    subjectId: person('Felipe'),
    actor: shop.asSubject(person('Felipe')),
    evidence,
    idempotencyKey: shop.entropy.id(),
    controller: house.controller,
  })
  await say('Gema', 'no')
})
afterAll(() => shop.close())

const plan = (more: { readonly opensAt?: Date; readonly closesAt?: Date; readonly coolOff?: string } = {}) =>
  draftCampaign(
    { ...parts(), entropy: shop.entropy, registry: shop.registry.current() },
    {
      actor: dpo,
      purpose: 'marketing.direct',
      opensAt: shop.clock.now(),
      closesAt: new Date(shop.clock.now().getTime() + 90 * day),
      coolOff: 'P6M',
      ...more,
    },
  )

test('where every answer still counts there is nothing to ask again', async () => {
  await expect(plan()).rejects.toMatchObject({ code: 'campaign-needless' })
})

test('a campaign steers who is asked and when, and counts them from kept answers', async () => {
  await sweep()
  const everybody = [...people.keys()]
  const [draft] = purposes.filter(({ id }) => id === 'marketing.direct')
  const { title, ...purpose } = draft!
  await shop.publish(
    { ...purpose, attributes: [...purpose.attributes, 'phone'], change: 'material' },
    title,
    2,
  )
  shop.pass(day)
  // Nobody planned anything: whoever agreed to the text of before is asked at once, and so is who refused it a while ago.
  expect(await askedBecauseChanged(...everybody)).toEqual(['Ana', 'Bruno', 'Carmen', 'Daniel'])

  const campaignId = await plan()
  expect(await askedBecauseChanged(...everybody)).toEqual([])
  expect(await campaignStatus(parts(), campaignId)).toMatchObject({ state: 'draft', counting: true })
  await sweep()
  expect(await campaignStatus(parts(), campaignId)).toMatchObject({
    state: 'draft',
    asked: 0,
    toBeAsked: 4,
    unanswered: 4,
    counting: false,
  })
  expect(await startCampaign(parts(), { actor: dpo, campaignId })).toBe(4)
  await expect(startCampaign(parts(), { actor: dpo, campaignId })).rejects.toMatchObject({
    code: 'campaign-started',
  })
  // Who is counted is who the next sign-in asks.
  expect(await askedBecauseChanged(...everybody)).toEqual(['Ana', 'Bruno', 'Carmen', 'Daniel'])

  shop.pass(day)
  await say('Ana', 'yes')
  await say('Bruno', 'no')
  await say('Carmen', 'later')
  expect(await askedBecauseChanged(...everybody)).toEqual(['Daniel'])
  expect(await campaignStatus(parts(), campaignId)).toMatchObject({
    state: 'running',
    campaign: { audience: 4 },
    toBeAsked: 1,
    unanswered: 2,
    asked: 3,
    agreed: 1,
    refused: 1,
    putOff: 1,
  })

  shop.pass(day)
  await say('Ana', 'no')
  expect(await campaignStatus(parts(), campaignId)).toMatchObject({ asked: 3, agreed: 0, refused: 2 })

  await endCampaign(parts(), { actor: dpo, campaignId })
  shop.pass(day)
  // The rest stay as they are: their old yes permits nothing, and nobody asks them any more.
  expect(await askedBecauseChanged(...everybody)).toEqual([])
  expect(await campaignStatus(parts(), campaignId)).toMatchObject({
    state: 'ended',
    toBeAsked: 0,
    unanswered: 2,
  })
  // What they do of their own accord in their privacy centre counts as ever, and is not the campaign's.
  await say('Daniel', 'yes')
  expect(await campaignStatus(parts(), campaignId)).toMatchObject({ asked: 3, toBeAsked: 0, unanswered: 1 })
  await expect(endCampaign(parts(), { actor: dpo, campaignId })).rejects.toMatchObject({
    code: 'campaign-over',
  })
})

test('who put a question off is left alone as long as the law and the campaign say, whichever is longer', async () => {
  const closesAt = new Date(shop.clock.now().getTime() + 900 * day)
  const [shorter, longer] = [
    await plan({ coolOff: 'P2D', closesAt }),
    await plan({ coolOff: 'P12M', closesAt }),
  ]
  const due = async (campaignId: typeof shorter) => (await campaignStatus(parts(), campaignId)).toBeAsked
  // Carmen put it off three days ago; the law leaves her alone for six months, whatever a campaign says.
  expect([await due(shorter), await due(longer)]).toEqual([0, 0])
  shop.pass(200 * day)
  expect([await due(shorter), await due(longer)]).toEqual([1, 0])
  shop.pass(200 * day)
  expect([await due(shorter), await due(longer)]).toEqual([1, 1])
})

test('two campaigns about one purpose cannot run at once, and a window that is shut is kept shut', async () => {
  const now = shop.clock.now().getTime()
  const [one, two] = [await plan(), await plan()]
  await startCampaign(parts(), { actor: dpo, campaignId: one })
  await expect(startCampaign(parts(), { actor: dpo, campaignId: two })).rejects.toMatchObject({
    code: 'campaign-running',
  })
  const later = await plan({ opensAt: new Date(now + day) })
  await expect(startCampaign(parts(), { actor: dpo, campaignId: later })).rejects.toMatchObject({
    code: 'campaign-too-early',
  })
  shop.pass(100 * day)
  const { campaign, state } = await campaignStatus(parts(), one)
  expect(state).toBe('ended')
  expect(stateOf(campaign, new Date(now))).toBe('running')
  await expect(startCampaign(parts(), { actor: dpo, campaignId: two })).rejects.toMatchObject({
    code: 'campaign-over',
  })
  await expect(plan({ coolOff: 'half a year' })).rejects.toMatchObject({ code: 'campaign-cool-off' })
  await expect(plan({ closesAt: new Date(0) })).rejects.toMatchObject({ code: 'campaign-window' })
})

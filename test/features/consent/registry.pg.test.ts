import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  draftPurpose,
  noticeFor,
  openConsentRegistry,
  pgRegistrySource,
  publishNotice,
  publishPurpose,
  recordChoices,
  retirePurpose,
  undecidedPurposes,
} from '../../../src/features/consent/index.ts'
import { type ConsentHouse, dpo, house, openConsentHouse, purposes } from './consent-house.ts'

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const newsletter = purposes.find(({ id }) => id === 'marketing.direct')
if (newsletter === undefined) throw new Error('no newsletter purpose')
const { title, ...draft } = newsletter

const asked = async (subjectId: Awaited<ReturnType<ConsentHouse['register']>>) =>
  (await undecidedPurposes(norte.parts, { subjectId, ...house })).map(
    ({ choice, because }) => `${choice.key.purpose}/${choice.key.contactChannel} ${because}`,
  )

test('a draft asks nobody anything, and is not published without its notice', async () => {
  await draftPurpose(norte, { actor: dpo, draft: { ...draft, id: 'marketing.partners' } })
  await norte.registry.refresh()
  expect(norte.registry.current().active.has('marketing.partners')).toBe(false)
  await expect(publishPurpose(norte, { actor: dpo, purpose: 'marketing.partners' })).rejects.toMatchObject({
    code: 'purpose-without-notice',
  })
  await expect(
    draftPurpose(norte, { actor: dpo, draft: { ...draft, id: 'marketing.partners' } }),
  ).rejects.toMatchObject({ code: 'purpose-draft-exists' })
})

test('advertising by contract, and legitimate interest without a balancing test, are refused', async () => {
  await expect(
    draftPurpose(norte, {
      actor: dpo,
      draft: { ...draft, id: 'marketing.wrong', bases: ['contract'] },
    }),
  ).rejects.toMatchObject({ code: 'purpose-marketing-by-contract' })
  await expect(
    draftPurpose(norte, {
      actor: dpo,
      draft: { ...draft, id: 'marketing.wrong', bases: ['legitimate_interest'] },
    }),
  ).rejects.toMatchObject({ code: 'purpose-without-assessment' })
})

test('a published wording is immutable: the same version cannot be published twice', async () => {
  const again = {
    id: 'notice-marketing.direct',
    version: 1,
    language: 'es',
    purpose: 'marketing.direct',
    purposeVersion: 1,
    title: 'Otra cosa',
    summary: 'Otra cosa',
    text: 'Otra cosa',
  }
  await expect(publishNotice(norte, { actor: dpo, notice: again })).rejects.toMatchObject({
    code: 'notice-published',
  })
})

test('another process sees a publication within a poll, and at once when it refreshes', async () => {
  const elsewhere = await openConsentRegistry(pgRegistrySource(norte.lane), { everyMs: 20 })
  try {
    await norte.publish({ ...draft, id: 'marketing.events', position: 40 }, 'Actos en tienda')
    await expect.poll(() => elsewhere.current().active.has('marketing.events')).toBe(true)
    await norte.registry.refresh()
    expect(norte.registry.current().order.at(-1)).toBe('marketing.events')
    await retirePurpose(norte, { actor: dpo, purpose: 'marketing.events', reason: 'No se hacen' })
    await norte.registry.refresh()
    expect(norte.registry.current().purposes.get('marketing.events')?.retired).toBe(true)
    expect(norte.registry.current().active.has('marketing.events')).toBe(false)
  } finally {
    elsewhere.close()
  }
})

test('a purpose is retired once: a second time is refused, and the day it ended stays the first', async () => {
  const since = async () =>
    (await norte.owner('purposes').first().where('purpose_id', 'marketing.events'))?.retired_at
  const first = await since()
  expect(first).toBeInstanceOf(Date)
  norte.pass(60_000)
  const again = retirePurpose(norte, { actor: dpo, purpose: 'marketing.events', reason: 'Otra vez' })
  await expect(again).rejects.toMatchObject({ code: 'purpose-already-retired' })
  expect(await since()).toEqual(first)
})

test('Ana is asked what she never answered, once; putting it off counts as an answer for the cool-off', async () => {
  const ana = await norte.register('Ana')
  expect(await asked(ana)).toEqual([
    'marketing.direct/email first-time',
    'marketing.direct/sms first-time',
    'personalisation.onsite/none first-time',
  ])
  await norte.say(ana, 'marketing.direct', 'email', 'yes')
  await norte.say(ana, 'marketing.direct', 'sms', 'no')
  await norte.say(ana, 'personalisation.onsite', 'none', 'later')
  expect(await asked(ana)).toEqual([])
  norte.pass(190 * 86_400_000)
  expect(await asked(ana)).toEqual(['personalisation.onsite/none first-time'])
})

test('a material change asks again and withdraws what the old text carried; a form shown before it records nothing', async () => {
  const bruno = await norte.register('Bruno')
  await norte.say(bruno, 'marketing.direct', 'email', 'yes')
  const shownBefore = norte.choice('marketing.direct', 'sms', 'yes')
  await norte.publish({ ...draft, attributes: ['email', 'given_name', 'shoe_size'] }, title, 2)
  await norte.registry.refresh()
  expect(await asked(bruno)).toContain('marketing.direct/email changed')

  const stale = await recordChoices(norte.parts, norte.command(bruno, [shownBefore]))
  expect(stale).toMatchObject({ outcome: 'stale', current: [{ version: 2, purpose: 'marketing.direct' }] })
  expect(await norte.count('consent_events', bruno)).toBe(1)

  norte.pass(1000)
  await norte.say(bruno, 'marketing.direct', 'email', 'yes')
  expect(await asked(bruno)).not.toContain('marketing.direct/email changed')
})

test('a change of data, basis, channel or recipient cannot pass as editorial', async () => {
  for (const part of [
    { attributes: [...draft.attributes, 'birth_date'] },
    { recipients: ['newsletter', 'shop'] },
    { contactChannels: ['email', 'sms', 'push'] as const },
  ]) {
    await expect(
      draftPurpose(norte, { actor: dpo, draft: { ...draft, ...part, change: 'editorial' } }),
    ).rejects.toMatchObject({ code: 'purpose-change-is-material' })
  }
})

test('a kept permission stops being an answer when its purpose changes materially', async () => {
  const diego = await norte.register('Diego')
  await norte.say(diego, 'personalisation.onsite', 'none', 'yes')
  const personalisation = purposes.find(({ id }) => id === 'personalisation.onsite')
  if (personalisation === undefined) throw new Error('no personalisation purpose')
  const { title: name, ...changed } = personalisation
  await norte.publish({ ...changed, attributes: ['shoe_size', 'given_name'] }, name, 2)
  const current = await norte.registry.refresh()
  const [kept] = await norte.parts.records.permissionsOf(diego)
  expect(kept?.decision).toBe('PERMIT')
  expect(kept?.reconsentMin).toBeLessThan(current.active.get('personalisation.onsite')?.reconsentMin ?? 0)
})

test('an editorial change asks nobody again', async () => {
  const carmen = await norte.register('Carmen')
  await norte.say(carmen, 'marketing.direct', 'email', 'yes')
  await norte.publish(
    { ...draft, attributes: ['email', 'given_name', 'shoe_size'], change: 'editorial' },
    title,
    3,
  )
  await norte.registry.refresh()
  expect(noticeFor(norte.registry.current(), 'marketing.direct', 'es')?.version).toBe(3)
  expect(await asked(carmen)).not.toContain('marketing.direct/email changed')
})

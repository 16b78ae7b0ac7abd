import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordChoices } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, openConsentHouse, purposes } from './consent-house.ts'

let norte: ConsentHouse
const client = { kind: 'client', clientId: 'old-crm' } as const

beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const kept = (subjectId: SubjectId) =>
  norte.owner('consent_events').where('subject_id', subjectId).orderBy('contact_channel')

const refusal = () => norte.choice('marketing.direct', 'email', 'no')
const claim = () => {
  const { answer, ...told } = norte.choice('marketing.direct', 'sms', 'yes')
  return told
}
const told = (
  subjectId: SubjectId,
  claims: readonly ReturnType<typeof claim>[],
  idempotencyKey: string = subjectId,
) =>
  recordChoices(norte.parts, norte.command(subjectId, [refusal()], { actor: client, claims, idempotencyKey }))

test('a no and a claimed yes are one act with one receipt, and the claim says of its control only what was told', async () => {
  const ana = await norte.register('Ana')
  const first = await told(ana, [claim()])
  expect(first).toMatchObject({ outcome: 'recorded', repeated: false })
  expect(await kept(ana)).toEqual([
    expect.objectContaining({ type: 'refused', contact_channel: 'email' }),
    expect.objectContaining({
      type: 'given',
      contact_channel: 'sms',
      actor: 'system',
      evidence_grade: 'none',
      default_state: null,
      consent_type: null,
      attributes: ['email', 'given_name'],
    }),
  ])
  expect(await norte.count('receipts', ana)).toBe(1)
  expect(await told(ana, [claim()])).toMatchObject({ outcome: 'recorded', repeated: true })
  expect(await told(ana, [claim()], 'another')).toEqual({ outcome: 'unchanged' })
  expect(await norte.count('consent_events', ana)).toBe(2)
})

test('a claim that cannot be kept keeps nothing of what came with it', async () => {
  const bruno = await norte.register('Bruno')
  const { notice } = claim()
  const flaws = [
    [{ ...claim(), notice: { ...notice, textHash: 'x'.repeat(43) } }, 'notice_unknown'],
    [{ ...claim(), contactChannel: 'post' as const }, 'choice_not_offered'],
    [{ ...claim(), defaultState: 'ticked' as const }, 'choice_ticked_by_default'],
    [{ ...claim(), contactChannel: 'email' as const }, 'choice_answered_twice'],
  ] as const
  for (const [flawed, code] of flaws) {
    await expect(told(bruno, [flawed], code), code).rejects.toMatchObject({ code })
  }
  expect(await norte.count('consent_events', bruno)).toBe(0)
})

test('a claim on a wording of before is stale, and is no claim on what is named today', async () => {
  const carmen = await norte.register('Carmen')
  const outdated = claim()
  const direct = purposes.find(({ id }) => id === 'marketing.direct')
  if (direct === undefined) throw new Error('no such purpose')
  const { title, ...draft } = direct
  await norte.publish({ ...draft, attributes: ['email', 'given_name', 'phone'] }, title, 2)
  await norte.registry.refresh()
  expect(await told(carmen, [outdated])).toMatchObject({
    outcome: 'stale',
    current: [{ id: 'notice-marketing.direct', version: 2 }],
  })
  expect(await norte.count('consent_events', carmen)).toBe(0)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  pgConfirmationReads,
  pgConfirmationStore,
} from '../../../src/features/consent/confirmation/pg-confirmation-store.ts'
import { type ConsentHouse, openConsentHouse } from './consent-house.ts'

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const minute = 60_000

test('under load whoever was asked first is tended first, and a message about several yeses once', async () => {
  const now = norte.clock.now()
  const subjectId = await norte.register('Ana')
  const before = (minutes: number) => new Date(now.getTime() - minutes * minute)
  /** Asked so many minutes ago, and never sent. */
  const asked = (minutes: number, confirmationId = randomUUID(), more: object = {}) => ({
    subject_id: subjectId,
    event_id: randomUUID(),
    confirmation_id: confirmationId,
    contact_channel: 'email',
    contact_point: randomUUID(),
    language: 'es',
    requested_at: before(minutes),
    expires_at: new Date(now.getTime() + 600 * minute),
    ...more,
  })
  const shuffled = [40, 10, 90, 20, 70, 30, 60, 50, 80].map((minutes) => asked(minutes))
  const twice = randomUUID()
  await norte
    .owner('consent_confirmations')
    .insert([
      ...shuffled,
      asked(100, twice),
      asked(100, twice),
      asked(200, randomUUID(), { closed_at: now, outcome: 'confirmed' }),
      asked(300, randomUUID(), { sent_at: before(1) }),
      asked(1, randomUUID()),
      asked(1, randomUUID(), { expires_at: before(0.5), sent_at: before(1) }),
    ])
  const times = { now, unsentBefore: before(2), sentBefore: before(1_440) }
  const reads = pgConfirmationReads(norte.lane)
  const oldest = [...shuffled].sort((a, b) => a.requested_at.getTime() - b.requested_at.getTime())
  const expected = [twice, ...oldest.map(({ confirmation_id }) => confirmation_id)]
  const found = await reads.due(times, 100)
  expect(found.map(({ confirmationId }) => confirmationId).slice(0, 10)).toEqual(expected)
  expect(found).toHaveLength(11)
  const page = await reads.due(times, 3)
  expect(page.map(({ confirmationId }) => confirmationId)).toEqual(expected.slice(0, 3))
})

test('two hundred that keep failing hold up nobody: whoever comes after them is tended in the same hour', async () => {
  const now = norte.clock.now()
  const subjectId = await norte.register('Bruno')
  const asked = (at: number, more: object = {}) => ({
    subject_id: subjectId,
    event_id: randomUUID(),
    confirmation_id: randomUUID(),
    contact_channel: 'email',
    contact_point: randomUUID(),
    language: 'es',
    requested_at: new Date(now.getTime() - 500 * minute + at),
    expires_at: new Date(now.getTime() + 600 * minute),
    ...more,
  })
  const broken = Array.from({ length: 200 }, (_, at) => asked(at))
  const carmen = asked(1_000)
  await norte.owner('consent_confirmations').where({ subject_id: subjectId }).delete()
  await norte.owner('consent_confirmations').insert([...broken, carmen])
  const reads = pgConfirmationReads(norte.lane)
  const times = { now, unsentBefore: now, sentBefore: now }
  const first = (await reads.due(times, 200)).filter((one) => one.subjectId === subjectId)
  const failing = new Set<string>(broken.map(({ confirmation_id }) => confirmation_id))
  const failed = first.filter(({ confirmationId }) => failing.has(confirmationId))
  expect(failed).toHaveLength(200)
  await norte.lane.transaction(async (trx) => {
    const store = pgConfirmationStore(trx)
    for (const one of failed) {
      await store.putOff(one.subjectId, one.confirmationId, new Date(now.getTime() + 5 * minute))
    }
  })
  const next = await reads.due(times, 200)
  expect(next.map(({ confirmationId }) => confirmationId)).toContain(carmen.confirmation_id)
  expect(next.some(({ confirmationId }) => failing.has(confirmationId))).toBe(false)
  const later = { ...times, now: new Date(now.getTime() + 5 * minute) }
  expect(await reads.due(later, 1_000)).toHaveLength(next.length + 200)
})

test('the order is that of the index: a page costs no sorting of everybody who waits', async () => {
  const plan = await norte.owner.transaction(async (trx) => {
    await trx.raw('set local enable_seqscan = off')
    const now = norte.clock.now()
    const asked: { sql: string; bindings: readonly Date[] }[] = []
    trx.on('query', (query) => asked.push(query))
    await pgConfirmationReads(trx).due({ now, unsentBefore: now, sentBefore: now }, 3)
    const { sql = '', bindings = [] } = asked[0] ?? {}
    const { rows } = await trx.raw(`explain ${sql.replaceAll(/\$\d+/g, '?')}`, [...bindings])
    return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toContain('consent_confirmations_open')
  expect(plan).not.toContain('Sort')
})

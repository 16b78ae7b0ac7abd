import { afterAll, beforeAll, expect, test } from 'vitest'
import { pastRegistry, pgRegistrySource, retirePurpose } from '../../../src/features/consent/index.ts'
import { type ConsentHouse, dpo, openConsentHouse } from './consent-house.ts'

let norte: ConsentHouse

beforeAll(async () => {
  norte = await openConsentHouse()
  norte.pass(60_000)
})
afterAll(() => norte?.close())

/** The registry of Tienda Norte, and how often its past was read from the database. */
const counted = (most?: number) => {
  const source = pgRegistrySource(norte.lane)
  let loads = 0
  const past = pastRegistry(
    {
      fingerprint: source.fingerprint,
      loadAsOf: (at) => {
        loads += 1
        return source.loadAsOf(at)
      },
    },
    most,
  )
  return { past, loads: () => loads }
}
const instant = (agoMs: number) => new Date(norte.clock.now().getTime() - agoMs)

test('the registry of a past instant is read once, however often and by however many at once it is asked for', async () => {
  const { past, loads } = counted()
  const [one, other] = await Promise.all([past.loadAsOf(instant(1_000)), past.loadAsOf(instant(1_000))])
  expect(other).toBe(one)
  expect(await past.loadAsOf(instant(1_000))).toBe(one)
  expect([...one.active.keys()]).toContain('marketing.direct')
  expect(loads()).toBe(1)
  // To the millisecond: what was published in one is not yet in the one before.
  await past.loadAsOf(instant(999))
  expect(loads()).toBe(2)
})

test('what was recorded as of that instant since is not missed', async () => {
  const { past, loads } = counted()
  const at = norte.clock.now()
  expect((await past.loadAsOf(at)).purposes.get('personalisation.onsite')?.retired).toBe(false)
  await retirePurpose(norte, { actor: dpo, purpose: 'personalisation.onsite', reason: 'No se hace' })
  expect((await past.loadAsOf(at)).purposes.get('personalisation.onsite')?.retired).toBe(true)
  expect(loads()).toBe(2)
})

test('only the instants asked for last are kept, so that nobody fills the memory by asking', async () => {
  const { past, loads } = counted(2)
  for (const ago of [3, 2, 3, 1]) await past.loadAsOf(instant(ago))
  expect(loads()).toBe(3)
  await past.loadAsOf(instant(3))
  expect(loads()).toBe(3)
  await past.loadAsOf(instant(2))
  expect(loads()).toBe(4)
})

test('a reading that failed is not kept', async () => {
  const source = pgRegistrySource(norte.lane)
  let broken = true
  const past = pastRegistry({
    fingerprint: source.fingerprint,
    loadAsOf: (at) => (broken ? Promise.reject(new Error('the database is away')) : source.loadAsOf(at)),
  })
  await expect(past.loadAsOf(instant(5))).rejects.toThrow('away')
  broken = false
  expect((await past.loadAsOf(instant(5))).active.size).toBeGreaterThan(0)
})

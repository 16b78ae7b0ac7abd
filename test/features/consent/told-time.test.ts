import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import { countedTime, plausibleSkews } from '../../../src/features/consent/told-time.ts'
import { act, ana, newsletter, now, registry } from './scene.ts'

const minute = 60_000
const day = 86_400_000

describe('When an act counts', () => {
  const queued = (skewMinutes: number, agoMinutes = 120) => ({
    occurredAt: now - agoMinutes * minute + skewMinutes * minute,
    deviceTime: now + skewMinutes * minute,
  })
  const minutesAgo = (instant: number) => (now - instant) / minute

  test('by a clock that is right: when it was', () => {
    expect(countedTime(queued(0), now)).toEqual({ yesAt: now - 120 * minute, noAt: now - 120 * minute })
    expect(countedTime({ occurredAt: now - minute }, now).yesAt).toBe(now - minute)
    expect(countedTime({}, now)).toEqual({ yesAt: now, noAt: now })
  })

  test('by a clock that is off by five minutes or less: when it was by ours, and nothing is said of it', () => {
    for (const skew of [-5, -1, 1, 5]) {
      expect(countedTime(queued(skew), now)).toEqual({ yesAt: now - 120 * minute, noAt: now - 120 * minute })
    }
  })

  test('ten minutes ahead: a yes at the earliest it may have been, a no at the latest', () => {
    const { yesAt, noAt, skewSeconds } = countedTime(queued(10), now)
    expect([minutesAgo(yesAt), minutesAgo(noAt), skewSeconds]).toEqual([120, 110, 600])
  })

  test('ten minutes behind: the same the other way round', () => {
    const { yesAt, noAt, skewSeconds } = countedTime(queued(-10), now)
    expect([minutesAgo(yesAt), minutesAgo(noAt), skewSeconds]).toEqual([130, 120, -600])
  })

  test('never ahead of our clock, and a stamp later than the clock itself is one of a clock that was set back', () => {
    const ahead = countedTime({ occurredAt: now + 10 * minute, deviceTime: now }, now)
    expect(ahead).toMatchObject({ noAt: now, fault: 'occurred-at-in-future' })
    expect(ahead.yesAt).toBeLessThanOrEqual(now)
    expect(countedTime({ occurredAt: now + 6 * minute }, now).fault).toBe('occurred-at-in-future')
    expect(countedTime({ occurredAt: now + 600 * minute, deviceTime: now + 600 * minute }, now).fault).toBe(
      undefined,
    )
  })

  test('a yes that lay for more than 30 days is too old, to the millisecond', () => {
    const lay = (age: number) => countedTime({ occurredAt: now - age, deviceTime: now }, now).fault
    expect(lay(30 * day)).toBe(undefined)
    expect(lay(30 * day + 1)).toBe('occurred-at-too-old')
  })
})

/** What Ana did, in true time: on the web at once, or at a kiosk that tells of it later. */
interface Deed {
  readonly at: number
  readonly answer: 'given' | 'withdrawn'
  readonly kiosk: number | undefined
  readonly delay: number
}

/** From when on a kiosk's clock was how far ahead; it is in contact with us as each of these begins. */
type Clock = readonly { readonly from: number; readonly skew: number }[]

const deeds = fc.array(
  fc.record<Deed>({
    at: fc.integer({ min: 0, max: 300 }).map((minutes) => now - day + minutes * minute),
    answer: fc.constantFrom('given', 'withdrawn'),
    kiosk: fc.constantFrom(undefined, 0, 1),
    delay: fc.integer({ min: 0, max: 600 }).map((minutes) => minutes * minute),
  }),
  { minLength: 2, maxLength: 8 },
)
const skew = fc.oneof(
  fc.integer({ min: -20 * minute, max: 20 * minute }),
  fc.integer({ min: -20 * day, max: 20 * day }),
  fc.constantFrom(0, 5 * minute, 5 * minute + 1, -5 * minute, -5 * minute - 1),
)
const steady: fc.Arbitrary<Clock> = skew.map((ahead) => [{ from: 0, skew: ahead }])
const jumping: fc.Arbitrary<Clock> = fc
  .tuple(skew, skew, fc.integer({ min: 0, max: 300 }))
  .map(([before, after, when]) => [
    { from: 0, skew: before },
    { from: now - day + when * minute, skew: after },
  ])

const skewAt = (clock: Clock, at: number): number => clock.findLast(({ from }) => from <= at)?.skew ?? 0

function toldBy(clock: Clock, { at, delay }: Deed) {
  const receivedAt = at + delay
  const occurredAt = at + skewAt(clock, at)
  const measured = skewAt(clock, receivedAt)
  const readings = clock
    .filter(({ from }) => from <= receivedAt)
    .map(({ from, skew: ahead }) => ({ at: from, skew: ahead }))
  const skews = plausibleSkews(readings, occurredAt, receivedAt)
  return countedTime({ occurredAt, deviceTime: receivedAt + measured }, receivedAt, skews)
}

function heard(deed: Deed, clocks: readonly Clock[]): ConsentEvent[] {
  const clock = deed.kiosk === undefined ? undefined : (clocks[deed.kiosk] ?? [])
  const counted = clock === undefined ? countedTime({}, deed.at) : toldBy(clock, deed)
  if (deed.answer === 'given' && counted.fault !== undefined) return []
  const occurredAt = deed.answer === 'given' ? counted.yesAt : counted.noAt
  return [{ ...act(deed.answer, '2026-11-01'), occurredAt }]
}

test('an act may have been stamped by any difference it fits between the readings around', () => {
  const hour = 60 * minute
  // An hour ahead until it was set right at noon.
  const readings = [
    { at: now - 5 * hour, skew: hour },
    { at: now - 2 * hour, skew: 0 },
  ]
  const skewsOf = (stamped: number) => plausibleSkews(readings, stamped, now)
  expect(skewsOf(now - 3.5 * hour)).toEqual([hour, 0])
  expect(skewsOf(now - 2 * hour)).toEqual([hour, 0])
  expect(skewsOf(now - 0.5 * hour)).toEqual([0])
  expect(skewsOf(now - 6 * hour)).toEqual([hour])
  expect(plausibleSkews([], now - hour, now)).toEqual([])
})

test.each([
  ['however far its clock is off', steady],
  ['and if it is set in between', jumping],
])('no yes of a kiosk ever beats a no that the person gave after it, %s', (_, clocks) => {
  let permitted = 0
  fc.assert(
    fc.property(deeds, fc.tuple(clocks, clocks), (done, kiosks) => {
      const events = done.flatMap((deed) => heard(deed, kiosks))
      const { decision } = decide(newsletter, ana({}, events), registry, now)
      if (decision === 'DENY') return
      permitted += 1
      const lastNo = Math.max(0, ...done.filter(({ answer }) => answer === 'withdrawn').map(({ at }) => at))
      expect(done.some(({ answer, at }) => answer === 'given' && at > lastNo)).toBe(true)
    }),
    { numRuns: 10_000 },
  )
  // It is no rule that says no to everything.
  expect(permitted).toBeGreaterThan(300)
})

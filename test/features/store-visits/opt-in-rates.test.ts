import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fewestElsewhere,
  fewestJudged,
  smallestShown,
  storeRates,
  wilson,
} from '../../../src/features/store-visits/opt-in-rates.ts'
import { isoWeek } from '../../../src/features/store-visits/opt-in-rates-watch.ts'

/* How a store's share of yeses is compared with that of the others, and when that is a reason to ask. */
const store = (touchpointId: string, yes: number, no: number) => ({ touchpointId, people: yes + no, yes })
const others = store('gran-via', 430, 570)
const findingOf = (yes: number, no: number, ...rest: ReturnType<typeof store>[]) => {
  const [one] = storeRates([store('sol', yes, no), ...rest])
  return one?.shown === true ? one.finding : 'hidden'
}

describe('A store', () => {
  it.each([
    // yes, no, beside others with 43 % → what is said of it
    ['all of 40 say yes', 40, 0, 'above-others'],
    ['nine in ten of 100', 90, 10, 'above-others'],
    ['as often as elsewhere', 43, 57, undefined],
    ['a good week, of 40 people 24', 24, 16, undefined],
    ['a little more, of very many', 5_000, 5_000, undefined],
    ['less often than elsewhere', 2, 98, undefined],
    ['all of 39, too few to judge', 39, 0, undefined],
    ['all of 19, too few to show', 19, 0, 'hidden'],
  ] as const)('where %s is judged as it should', (_, yes, no, finding) => {
    expect(findingOf(yes, no, others)).toBe(finding)
  })

  it('in which nearly everybody says yes is told without any other to compare it with', () => {
    expect(findingOf(40, 0)).toBe('nearly-everybody')
    expect(findingOf(97, 3)).toBeUndefined()
    expect(findingOf(99, 1, store('vigo', 50, fewestElsewhere - 51))).toBe('nearly-everybody')
  })

  it('is not excused by others that do the same: they are told, too', () => {
    const all = storeRates([store('sol', 200, 0), store('vigo', 300, 1), store('lugo', 100, 0)])
    expect(all.map((one) => one.shown && one.finding)).toEqual([
      'nearly-everybody',
      'nearly-everybody',
      'nearly-everybody',
    ])
  })

  it('with few people shows nothing of them, whatever they are (k = 20)', () => {
    const [few] = storeRates([store('sol', smallestShown - 1, 0), others])
    expect(few).toEqual({ touchpointId: 'sol', shown: false })
  })
})

const asked = fc.tuple(fc.nat(5_000), fc.nat(5_000)).map(([yes, no]) => store('sol', yes, no))

describe('The rule', () => {
  it('holds the rate within its interval, which narrows as people grow', () => {
    fc.assert(
      fc.property(fc.nat(4_000), fc.nat(4_000), (yes, no) => {
        const all = yes + no
        const [low, high] = wilson(yes, all)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        if (all === 0) return
        expect(low).toBeLessThanOrEqual(yes / all)
        expect(high).toBeGreaterThanOrEqual(yes / all)
        const [narrower, wider] = wilson(yes * 4, all * 4)
        expect(wider - narrower).toBeLessThanOrEqual(high - low + 1e-12)
      }),
    )
  })

  it('agrees with the published values of Wilson’s interval', () => {
    const [low, high] = wilson(15, 50, 1.959964)
    expect(low).toBeCloseTo(0.191, 3)
    expect(high).toBeCloseTo(0.4375, 3)
    expect(wilson(0, 10, 1.959964)[1]).toBeCloseTo(0.2775, 3)
  })

  it('never judges few people, never names a store for a lower rate, and never changes its mind for one more yes', () => {
    fc.assert(
      fc.property(asked, fc.array(asked, { maxLength: 4 }), (one, rest) => {
        const named = rest.map((other, place) => ({ ...other, touchpointId: `other-${place}` }))
        const [judged] = storeRates([one, ...named])
        const total = one.people
        if (total < smallestShown) {
          expect(judged?.shown).toBe(false)
          return
        }
        if (judged?.shown !== true) throw new Error('a store with enough people is shown')
        if (total < fewestJudged) expect(judged.finding).toBeUndefined()
        if (judged.finding === 'above-others') expect(judged.rate).toBeGreaterThan(judged.elsewhere ?? 1)
        if (judged.finding === undefined) return
        const [more] = storeRates([{ ...one, people: total + 1, yes: one.yes + 1 }, ...named])
        expect(more?.shown === true && more.finding).toBeTruthy()
      }),
    )
  })
})

it('counts weeks as ISO 8601 does, also where the year turns', () => {
  expect(isoWeek(new Date('2026-11-22T10:00:00Z'))).toBe('2026-W47')
  expect(isoWeek(new Date('2027-01-03T23:00:00Z'))).toBe('2026-W53')
  expect(isoWeek(new Date('2027-01-04T00:00:00Z'))).toBe('2027-W01')
})

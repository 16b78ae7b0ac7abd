import { describe, expect, it } from 'vitest'
import { ageAt, birthday, isMinor, wasOldEnough } from '../../../src/features/consent/age.ts'
import { Watch } from '../../../src/features/consent/valid-until.ts'
import { at, es } from './scene.ts'

const born = { year: 2012, month: 3, day: 10 }
const turns = (years: number) => birthday(born, years)
const adultUnlessKnown = { ...es, unknownAge: 'adult' } as const
const minorUnlessKnown = { ...es, unknownAge: 'minor' } as const

describe('Bruno’s age (GDPR Art. 8)', () => {
  it('comes with the day itself; whoever was born on 29 February waits for 1 March', () => {
    expect(turns(14)).toBe(at('2026-03-10T00:00:00Z'))
    expect(birthday({ year: 2012, month: 2, day: 29 }, 14)).toBe(at('2026-03-01T00:00:00Z'))
  })

  it('is kept as the highest age a law of ours asks about, and never as the date', () => {
    const ages = [12, 13, 14, 15, 16, 17, 18, 40].map((years) => ageAt(born, turns(years)))
    expect(ages).toEqual([0, 13, 14, 15, 16, 16, 18, 18])
    expect(ageAt(born, turns(14) - 1)).toBe(13)
    expect(ageAt(born, turns(13) - 1)).toBe(0)
  })

  it('was enough from the birthday on', () => {
    const known = (moment: number) =>
      wasOldEnough({ birthDate: born }, undefined, 14, moment, adultUnlessKnown)
    expect([known(turns(14) - 1), known(turns(14))]).toEqual([false, true])
  })

  it('is told by the date before what was assured, by what was assured before the policy', () => {
    const moment = turns(13)
    expect(wasOldEnough({ birthDate: born }, 18, 14, moment, adultUnlessKnown)).toBe(false)
    expect(wasOldEnough({}, 13, 14, moment, adultUnlessKnown)).toBe(false)
    expect(wasOldEnough({}, 14, 14, moment, minorUnlessKnown)).toBe(true)
    expect(wasOldEnough({}, undefined, 14, moment, adultUnlessKnown)).toBe(true)
    expect(wasOldEnough({}, undefined, 14, moment, minorUnlessKnown)).toBe(false)
  })

  it('makes him a minor until the birthday, which the watch remembers', () => {
    const watch = new Watch(turns(14) - 1)
    expect(isMinor({ birthDate: born }, es, watch)).toBe(true)
    expect(watch.validUntil()).toBe(turns(14))
    expect(isMinor({ birthDate: born }, es, new Watch(turns(14)))).toBe(false)
  })

  it('of which only “over 14” is known makes him no minor in Spain, and one nobody knows is what the policy says', () => {
    const watch = new Watch(turns(14))
    expect(isMinor({ overAge: 13 }, adultUnlessKnown, watch)).toBe(true)
    expect(isMinor({ overAge: 14 }, minorUnlessKnown, watch)).toBe(false)
    expect(isMinor({ birthDate: born, overAge: 13 }, es, watch)).toBe(false)
    expect(isMinor({}, minorUnlessKnown, watch)).toBe(true)
    expect(isMinor({}, adultUnlessKnown, watch)).toBe(false)
  })
})

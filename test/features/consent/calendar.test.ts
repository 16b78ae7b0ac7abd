import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { period, plus } from '../../../src/features/consent/calendar.ts'
import { at } from './scene.ts'

describe('The calendar', () => {
  it('adds months, not days: two years from 29 February end on 28 February', () => {
    expect(plus(at('2024-02-29T08:00:00Z'), period('P24M'))).toBe(at('2026-02-28T08:00:00Z'))
    expect(plus(at('2026-01-31T08:00:00Z'), period('P1M'))).toBe(at('2026-02-28T08:00:00Z'))
    expect(plus(at('2026-11-21T10:00:00Z'), period('PT72H'))).toBe(at('2026-11-24T10:00:00Z'))
  })

  it('refuses what is no ISO 8601 duration', () => {
    expect(() => period('two years')).toThrow(RangeError)
  })

  it('agrees with Temporal for every instant and every number of months', () => {
    const instants = fc.integer({ min: at('1901-01-01T00:00:00Z'), max: at('2199-12-31T00:00:00Z') })
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 600 }), (instant, count) => {
        const start = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC')
        expect(plus(instant, period(`P${count}M`))).toBe(start.add({ months: count }).epochMilliseconds)
      }),
    )
  })
})

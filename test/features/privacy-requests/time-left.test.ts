import { describe, expect, test } from 'vitest'
import { deadline } from '../../../src/features/privacy-requests/deadline.ts'
import { dayAt, daysAfter, timeLeft } from '../../../src/features/privacy-requests/time-left.ts'
import { workingCalendarOf } from '../../../src/features/privacy-requests/working-calendar.ts'

describe('The calendar of where the controller sits', () => {
  test.each([
    ['2026-01-31', '2026-03-02', '2026-04-30'],
    ['2026-03-05', '2026-04-06', '2026-06-05'],
    ['2026-08-31', '2026-09-30', '2026-11-30'],
    ['2026-11-22', '2026-12-22', '2027-02-22'],
    ['2026-11-30', '2026-12-30', '2027-03-01'],
    ['2027-01-29', '2027-03-01', '2027-04-29'],
    // Christmas and a weekend; the Constitution and the Immaculate, with a Tuesday between them; Good Friday of 2028.
    ['2026-11-25', '2026-12-28', '2027-02-25'],
    ['2027-11-06', '2027-12-07', '2028-02-07'],
    ['2028-03-14', '2028-04-17', '2028-06-14'],
  ])('in Spain, received on %s, an answer is due on %s, extended on %s', (received, due, dueIfExtended) => {
    expect(deadline(received, workingCalendarOf('ES'))).toEqual({ due, dueIfExtended })
  })

  test('of a country whose holidays are not kept, only weekends move the day, so that it is never too late', () => {
    const portugal = workingCalendarOf('PT')
    expect(deadline('2026-11-25', portugal).due).toBe('2026-12-25')
    expect(deadline('2026-11-26', portugal).due).toBe('2026-12-28')
  })
})

describe('The time that is left', () => {
  test('the last day is still in time, the day after is not (Regulation 1182/71 art. 3)', () => {
    expect(timeLeft('2026-12-22', '2026-12-22')).toEqual({ days: 0, urgency: 'soon' })
    expect(timeLeft('2026-12-22', '2026-12-23')).toEqual({ days: -1, urgency: 'overdue' })
  })

  test('five days are few, six are not', () => {
    expect(timeLeft('2026-12-22', '2026-12-17').urgency).toBe('soon')
    expect(timeLeft('2026-12-22', '2026-12-16')).toEqual({ days: 6, urgency: 'in-time' })
  })

  test('days are counted over the turn of the year and of the clock', () => {
    expect(timeLeft('2027-01-29', '2026-12-29').days).toBe(31)
    expect(daysAfter('2026-12-29', 6)).toBe('2027-01-04')
  })

  test('a day begins where the controller sits', () => {
    const lateInMadrid = new Date('2026-11-30T23:30:00Z')
    expect(dayAt(lateInMadrid, 'Europe/Madrid')).toBe('2026-12-01')
    expect(dayAt(lateInMadrid, 'Atlantic/Canary')).toBe('2026-11-30')
  })
})

import type { WorkingCalendar } from '../deadline.ts'

/**
 * Holidays of the whole of Spain: those of Real Decreto 2001/1983, art. 45.1, which fixes the days, with Good Friday and
 * Epiphany, and without those that a region puts on another day. Regional and local holidays stay out: counted, they would only
 * make an answer later. Dated 22 November 2026; beyond the last year only weekends move a deadline, which is never too late.
 */
export const spain: WorkingCalendar = {
  country: 'ES',
  holidays: new Set([
    '2026-01-01',
    '2026-01-06',
    '2026-04-03',
    '2026-05-01',
    '2026-08-15',
    '2026-10-12',
    '2026-12-08',
    '2026-12-25',
    '2027-01-01',
    '2027-01-06',
    '2027-03-26',
    '2027-05-01',
    '2027-10-12',
    '2027-11-01',
    '2027-12-06',
    '2027-12-08',
    '2027-12-25',
    '2028-01-01',
    '2028-01-06',
    '2028-04-14',
    '2028-05-01',
    '2028-08-15',
    '2028-10-12',
    '2028-11-01',
    '2028-12-06',
    '2028-12-08',
    '2028-12-25',
  ]),
}

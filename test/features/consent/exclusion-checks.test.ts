import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import type { Facts, ListCheck } from '../../../src/features/consent/facts.ts'
import { ana, at, bought, es, now, query, registry } from './scene.ts'

/** Public exclusion lists, consulted for each contact point (LOPDGDD art. 23.4), before writing on Ana's last purchase. */

const hers = query({ contactPoint: 'cp-1' })
const lists = (suppression: Partial<Facts['suppression']>, asked = hers, on = registry) =>
  decide(
    asked,
    ana({ purchases: [bought('2026-08-22')] }, [], {
      suppression: { internal: [], listings: [], checkedAt: now, ...suppression },
    }),
    on,
    now,
  )
const daysAgo = (count: number) => now - count * 86_400_000
const check = (list: string, days: number, change: Partial<ListCheck> = {}): ListCheck => ({
  list,
  contactChannel: 'email',
  contactPoint: 'cp-1',
  at: daysAgo(days),
  ...change,
})

describe('A listing', () => {
  const listed = { list: 'robinson', contactChannel: 'email' } as const

  it('of one address stops that one, and any while it is not known which would be used', () => {
    const listings = [{ ...listed, contactPoint: 'cp-1' }]
    expect(lists({ listings }).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
    expect(lists({ listings }, query()).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
    expect(lists({ listings }, query({ contactPoint: 'cp-2' })).reason).toBe('SOFT_OPT_IN')
  })

  it('that names no address stops them all', () => {
    expect(lists({ listings: [listed] }).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
  })

  it('without a date binds at once, where listings bind from their date as well', () => {
    const literal = { ...registry, packs: new Map([['ES', [{ ...es, honourListingsEarly: false }]]]) }
    expect(lists({ listings: [listed] }, hers, literal).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
  })
})

describe('A consultation', () => {
  const robinson = check('robinson', 10)
  const stop = check('stop_publicidad', 20)

  it('of every list for this very address serves, until the one asked longest ago is thirty days old', () => {
    for (const checks of [
      [robinson, stop],
      [stop, robinson],
      [check('robinson', 20), check('stop_publicidad', 10)],
      [check('of-another-country', 40), robinson, stop],
    ]) {
      expect(lists({ checks, checkedAt: undefined })).toMatchObject({
        reason: 'SOFT_OPT_IN',
        validUntil: daysAgo(20) + 30 * 86_400_000 + 1,
      })
    }
  })

  it.each([
    ['one list was never asked', [robinson]],
    ['the other was never asked', [stop]],
    ['one was asked too long ago', [robinson, check('stop_publicidad', 31)]],
    ['the other was asked too long ago', [check('robinson', 31), stop]],
    ['one was asked about another address', [robinson, { ...stop, contactPoint: 'cp-2' }]],
    ['one was asked about text messages', [robinson, { ...stop, contactChannel: 'sms' } as const]],
    ['none was ever asked', []],
  ])('does not serve when %s, whatever is known of the person as a whole', (_, checks) => {
    expect(lists({ checks, checkedAt: now })).toMatchObject({
      reason: 'SUPPRESSION_LIST_CHECK_STALE',
      ask: false,
    })
  })

  it('is not asked for where no list is left to ask, as in France since Bloctel ended', () => {
    const without = { ...registry, packs: new Map([['ES', [{ ...es, exclusionLists: [] }]]]) }
    expect(lists({ checkedAt: undefined }, hers, without)).toMatchObject({
      reason: 'SOFT_OPT_IN',
      validUntil: at('2028-08-22T10:00:00Z'),
    })
  })
})

describe('Post, which no list is asked about because no address is a contact point', () => {
  const leaflet = query({ contactChannel: 'post', attribute: 'address', contactPoint: undefined })
  const robinson = check('robinson', 10)
  const stop = check('stop_publicidad', 20)

  it('goes by what every list last answered about the person on any other channel', () => {
    expect(lists({ checks: [robinson, stop] }, leaflet)).toMatchObject({
      reason: 'LEGITIMATE_INTEREST',
      validUntil: daysAgo(20) + 30 * 86_400_000 + 1,
    })
    const phone = check('stop_publicidad', 5, { contactChannel: 'sms', contactPoint: 'cp-2' })
    expect(lists({ checks: [robinson, stop, phone] }, leaflet)).toMatchObject({
      reason: 'LEGITIMATE_INTEREST',
      validUntil: daysAgo(10) + 30 * 86_400_000 + 1,
    })
  })

  it('waits while a list was never asked about the person, or not lately', () => {
    for (const checks of [[], [robinson], [robinson, check('stop_publicidad', 31)]]) {
      expect(lists({ checks }, leaflet).reason).toBe('SUPPRESSION_LIST_CHECK_STALE')
    }
  })

  it('stops for whoever is listed on any channel', () => {
    const listings = [{ list: 'robinson', contactChannel: 'email', contactPoint: 'cp-1' }] as const
    expect(lists({ checks: [robinson, stop], listings }, leaflet).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
  })
})

describe('Our own list of addresses never to write to again', () => {
  it('stops every address of the channel when it names none', () => {
    const internal = [{ contactChannel: 'email', reason: 'complaint' }] as const
    expect(lists({ internal }).reason).toBe('SUPPRESSED_INTERNAL')
  })
})

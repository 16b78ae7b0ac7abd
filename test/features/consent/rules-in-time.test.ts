import { describe, expect, it } from 'vitest'
import { lastAssuredAge } from '../../../src/features/consent/age.ts'
import {
  endsWith,
  isInForce,
  restrictionsFrom,
  restricts,
  sameScope,
} from '../../../src/features/consent/restriction.ts'
import {
  citationOf,
  consentAgeAt,
  consentAgeNow,
  packAt,
  packInForce,
  type RulePack,
  wasJointAt,
} from '../../../src/features/consent/rule-pack.ts'
import { Watch } from '../../../src/features/consent/valid-until.ts'
import { act, es, now } from './scene.ts'

describe('A law that changes', () => {
  const day = 1000
  const pack: RulePack = {
    ...es,
    digitalConsentAge: [
      { age: 14, below: 'joint', validFrom: now, validTo: now + day },
      { age: 15, validFrom: now + day },
    ],
  }

  it('sets the age of consent of each moment, from its first instant to before its last', () => {
    const ages = [now - 1, now, now + day - 1, now + day, now + 9 * day].map((at) => consentAgeAt(pack, at))
    // Before any of them the GDPR's own age holds (Art. 8(1)).
    expect(ages).toEqual([16, 14, 14, 15, 15])
    expect([now - 1, now, now + day].map((at) => wasJointAt(pack, at))).toEqual([false, true, false])
  })

  it('sets that of the present too, and the watch remembers the next change', () => {
    const present = (at: number) => {
      const watch = new Watch(at)
      return [consentAgeNow(pack, watch), watch.validUntil()]
    }
    expect(present(now - 1)).toEqual([16, now])
    expect(present(now)).toEqual([14, now + day])
    expect(present(now + day - 1)).toEqual([14, now + day])
    expect(present(now + day)).toEqual([15, null])
  })

  it('is the version in force, to the instant, and none before the first or after the last', () => {
    const second: RulePack = { ...es, version: 'second', validFrom: now + day, validTo: now + 2 * day }
    const first: RulePack = { ...es, version: 'first', validFrom: now, validTo: now + day }
    const moments = [now - 1, now, now + day - 1, now + day, now + 2 * day - 1, now + 2 * day]
    const expected = [undefined, 'first', 'first', 'second', 'second', undefined]
    expect(moments.map((at) => packInForce([second, first], new Watch(at))?.version)).toEqual(expected)
    expect(moments.map((at) => packAt([second, first], at)?.version)).toEqual(expected)
    const { validTo: _, ...open } = second
    expect(packInForce([open, first], new Watch(now + 9 * day))?.version).toBe('second')
    expect(packAt([open, first], now + 9 * day)?.version).toBe('second')
    expect(packInForce(undefined, new Watch(now))).toBeUndefined()
  })

  it('is cited by the most particular source of a rule, and by none where none is noted', () => {
    const sources = [
      { rule: 'bases', cites: 'in general' },
      { rule: 'bases marketing.direct', cites: 'of marketing' },
    ]
    expect(citationOf({ ...es, sources }, 'bases marketing.direct email')).toBe('of marketing')
    expect(citationOf({ ...es, sources }, 'bases order.fulfilment')).toBe('in general')
    expect(citationOf({ ...es, sources }, 'basesx')).toBeUndefined()
    expect(citationOf({ ...es, sources: undefined }, 'bases')).toBeUndefined()
  })
})

describe('The register of restrictions (GDPR Art. 18)', () => {
  const set = (day: string, ...scope: string[]) => act('restriction_set', day, { restrictionScope: scope })
  const lifted = (day: string, ...scope: string[]) =>
    act('restriction_lifted', day, { restrictionScope: scope })

  it('tells each with its end, the first lift of its scope after it, in the order they began', () => {
    const [later, earlier] = [set('2026-06-01', 'marketing.*'), set('2026-05-01', 'attr:phone')]
    const [away, again] = [lifted('2026-07-01', 'marketing.*'), lifted('2026-08-01', 'marketing.*')]
    const before = lifted('2026-05-15', 'marketing.*')
    expect(restrictionsFrom([later, again, earlier, before, away, act('given', '2026-06-15')])).toEqual([
      { since: earlier.occurredAt, scope: ['attr:phone'] },
      { since: later.occurredAt, scope: ['marketing.*'], liftedAt: away.occurredAt },
    ])
  })

  it('takes one without a scope for one of everything, lifted by a lift of everything', () => {
    const everything = act('restriction_set', '2026-05-01')
    const end = act('restriction_lifted', '2026-06-01')
    expect(restrictionsFrom([everything, lifted('2026-05-15', 'marketing.*'), end])).toEqual([
      { since: everything.occurredAt, scope: ['*'], liftedAt: end.occurredAt },
    ])
    const one = set('2026-05-01', 'attr:phone')
    expect(restrictionsFrom([one, end])).toMatchObject([{ liftedAt: end.occurredAt }])
    expect(restrictionsFrom([everything])).toEqual([{ since: everything.occurredAt, scope: ['*'] }])
  })

  it('lets the restriction stand at the same instant, and by what is no lift', () => {
    const one = set('2026-05-01', '*')
    expect(restrictionsFrom([one, lifted('2026-05-01', '*')])[0]).not.toHaveProperty('liftedAt')
    expect(restrictionsFrom([one, act('withdrawn', '2026-06-01')])[0]).not.toHaveProperty('liftedAt')
  })

  it('compares scopes whole', () => {
    expect(sameScope(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(sameScope(['a'], ['a', 'b'])).toBe(false)
    expect(sameScope(['a', 'b'], ['a'])).toBe(false)
    expect(sameScope(['a', 'c'], ['a', 'b'])).toBe(false)
    expect(endsWith(['a'], ['*'])).toBe(true)
    expect(endsWith(['a'], ['b', '*'])).toBe(true)
    expect(endsWith(['a'], ['a'])).toBe(true)
    expect(endsWith(['a'], ['b'])).toBe(false)
  })

  it('reaches what any entry names: an attribute or a purpose', () => {
    const both = { since: now, scope: ['attr:phone', 'marketing.*'] }
    expect(restricts(both, 'fraud.prevention', 'phone')).toBe(true)
    expect(restricts(both, 'marketing.direct', 'email')).toBe(true)
    expect(restricts(both, 'fraud.prevention', 'email')).toBe(false)
    expect(restricts({ since: now, scope: ['attr:*'] }, 'fraud.prevention', 'email')).toBe(false)
  })

  it('is in force from its instant until before its end, and without one for good', () => {
    const force = (at: number, liftedAt?: number) => {
      const watch = new Watch(at)
      return [isInForce({ since: now, liftedAt, scope: ['*'] }, watch), watch.validUntil()]
    }
    expect(force(now - 1)).toEqual([false, now])
    expect(force(now)).toEqual([true, null])
    expect(force(now, now + 1)).toEqual([true, now + 1])
    expect(force(now + 1, now + 1)).toEqual([false, null])
  })
})

describe('The age last assured', () => {
  it('is what the person was assured of last, by their own acts and where it was said at all', () => {
    const said = (day: string, overAge: number | undefined, by: 'subject' | 'guardian' = 'subject') =>
      act('given', day, { by, overAge })
    const [early, late] = [said('2026-01-01', 14), said('2026-02-01', 16)]
    expect(lastAssuredAge([early, late])).toBe(16)
    expect(lastAssuredAge([late, early])).toBe(16)
    expect(lastAssuredAge([late, said('2026-03-01', undefined), said('2026-04-01', 18, 'guardian')])).toBe(16)
    expect(lastAssuredAge([late, said('2026-02-01', 18)])).toBe(18)
    expect(lastAssuredAge([said('2026-04-01', 18, 'guardian')])).toBeUndefined()
    expect(lastAssuredAge([])).toBeUndefined()
  })
})

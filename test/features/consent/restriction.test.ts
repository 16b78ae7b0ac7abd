import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { restrictionsFrom } from '../../../src/features/consent/restriction.ts'
import { act, ana, at, bought, now, query, registry } from './scene.ts'

const since = at('2026-11-01T00:00:00Z')
const order = query({
  system: 'house',
  purpose: 'order.fulfilment',
  contactChannel: 'none',
  attribute: 'address',
})
const reason = (
  scope: readonly string[],
  { asked = query(), events = [act('given', '2026-03-01')], liftedAt = undefined as number | undefined } = {},
) =>
  decide(
    asked,
    ana(
      {
        restrictions: [{ since, scope, liftedAt }],
        contracts: [{ controller: 'moda', at: at('2026-01-01T00:00:00Z') }],
        purchases: [bought('2026-08-22')],
      },
      events,
    ),
    registry,
    now,
  ).reason

describe('While Ana has everything restricted', () => {
  it('an earlier consent, a contract and soft opt-in are not enough', () => {
    expect(reason(['*'])).toBe('RESTRICTED')
    expect(reason(['*'], { asked: order })).toBe('RESTRICTED')
    expect(reason(['*'], { events: [] })).toBe('RESTRICTED')
  })

  it('a purpose of important public interest goes on', () => {
    expect(reason(['*'], { asked: query({ purpose: 'security.notice' }) })).toBe('LEGAL_OBLIGATION')
  })

  it('a consent for use during the restriction is enough, and one for an earlier restriction is not', () => {
    const knowing = { duringRestriction: true }
    expect(reason(['*'], { events: [act('given', '2026-11-10', knowing)] })).toBe('CONSENT_GIVEN')
    expect(reason(['*'], { events: [act('given', '2026-10-10', knowing)] })).toBe('RESTRICTED')
    expect(reason(['*'], { events: [act('given', '2026-11-10')] })).toBe('RESTRICTED')
  })

  it('such a consent must hold by itself: nothing else steps in when it does not', () => {
    const narrow = act('given', '2026-11-10', { duringRestriction: true, attributes: ['first_name'] })
    expect(reason(['*'], { events: [narrow] })).toBe('ATTRIBUTE_NOT_COVERED_BY_CONSENT')
  })
})

describe('A narrower restriction', () => {
  it('stops only the purposes of its glob', () => {
    expect(reason(['marketing.*'])).toBe('RESTRICTED')
    expect(reason(['marketing.*'], { asked: order })).toBe('CONTRACT')
  })

  it('stops only the attribute it names', () => {
    expect(reason(['attr:address'])).toBe('CONSENT_GIVEN')
    expect(reason(['attr:address'], { asked: order })).toBe('RESTRICTED')
  })

  it('stops nothing from the instant it is lifted', () => {
    expect(reason(['*'], { liftedAt: now })).toBe('CONSENT_GIVEN')
    expect(reason(['*'], { liftedAt: now + 1 })).toBe('RESTRICTED')
  })
})

describe('The register of restrictions', () => {
  it('ends a restriction with the lift of its scope that came after it', () => {
    const scope = ['marketing.*']
    const set = act('restriction_set', '2026-11-01', { restrictionScope: scope })
    const lifted = act('restriction_lifted', '2026-11-10', { restrictionScope: scope })
    const other = act('restriction_lifted', '2026-11-05', { restrictionScope: ['attr:address'] })
    expect(restrictionsFrom([lifted, other, set])).toEqual([
      { since: set.occurredAt, scope, liftedAt: lifted.occurredAt },
    ])
    expect(restrictionsFrom([set, other])).toEqual([{ since: set.occurredAt, scope }])
  })
})

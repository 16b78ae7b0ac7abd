import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, now, query, registry, withPurpose } from './scene.ts'

const house = (purpose: string, attribute: string) =>
  query({ system: 'house', purpose, attribute, contactChannel: 'none' })

describe('A contract', () => {
  const order = house('order.fulfilment', 'address')
  const reason = (contract: { controller: string; at: number; closedAt?: number }, moment = now) =>
    decide(order, ana({ contracts: [contract] }), registry, moment).reason
  const start = at('2026-01-01T00:00:00Z')

  it('carries its purposes while it runs with this controller', () => {
    expect(reason({ controller: 'moda', at: start })).toBe('CONTRACT')
    expect(reason({ controller: 'hogar', at: start })).toBe('NO_ACTIVE_CONTRACT')
    expect(reason({ controller: 'moda', at: now + 1 })).toBe('NO_ACTIVE_CONTRACT')
  })

  it('carries nothing from the instant it ends', () => {
    expect(reason({ controller: 'moda', at: start, closedAt: now })).toBe('NO_ACTIVE_CONTRACT')
    expect(reason({ controller: 'moda', at: start, closedAt: now + 1 })).toBe('CONTRACT')
  })

  it('is no ground for special categories, unless the purpose has one of Art. 9(2) on record', () => {
    const facts = ana({ contracts: [{ controller: 'moda', at: start }] })
    const asked = house('wellness.delivery', 'allergies')
    expect(decide(asked, facts, registry, now)).toMatchObject({ reason: 'NO_ART9_CONDITION', ask: false })
    const grounded = withPurpose('wellness.delivery', { art9Ground: '9(2)(h)' })
    expect(decide(asked, facts, grounded, now).reason).toBe('CONTRACT')
  })
})

describe('A legitimate interest', () => {
  const fraud = house('fraud.prevention', 'device_id')
  const leaflet = query({ contactChannel: 'post', attribute: 'address' })

  it('carries while its assessment is approved and in date', () => {
    const reviewBy = at('2027-06-30T00:00:00Z')
    expect(decide(fraud, ana(), registry, now)).toMatchObject({
      decision: 'PERMIT',
      reason: 'LEGITIMATE_INTEREST',
      validUntil: reviewBy,
    })
    expect(decide(fraud, ana(), registry, reviewBy).reason).toBe('LIA_MISSING_OR_STALE')
    const draft = withPurpose('fraud.prevention', { assessment: { approved: false, reviewBy } })
    expect(decide(fraud, ana(), draft, now).reason).toBe('LIA_MISSING_OR_STALE')
    expect(decide(fraud, ana(), withPurpose('fraud.prevention', { assessment: undefined }), now).reason).toBe(
      'LIA_MISSING_OR_STALE',
    )
  })

  it('carries a leaflet by post in Spain, and never against a no or on a child', () => {
    expect(decide(leaflet, ana(), registry, now).reason).toBe('LEGITIMATE_INTEREST')
    const refused = ana({}, [act('refused', '2026-09-01', { contactChannel: 'post' })])
    expect(decide(leaflet, refused, registry, now).reason).toBe('CONSENT_REFUSED')
    const child = ana({ birthDate: { year: 2013, month: 3, day: 10 } })
    expect(decide(leaflet, child, registry, now).reason).toBe('MINOR_MARKETING')
  })

  it('yields to the exclusion lists when it advertises', () => {
    const listed = ana({}, [], {
      suppression: {
        internal: [],
        listings: [{ list: 'stop_publicidad', contactChannel: '*' }],
        checkedAt: now,
      },
    })
    expect(decide(leaflet, listed, registry, now).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
    expect(decide(fraud, listed, registry, now).reason).toBe('LEGITIMATE_INTEREST')
  })
})

it('A purpose nobody gave a legal basis permits nothing', () => {
  expect(decide(house('survey.planned', 'email'), ana(), registry, now).reason).toBe('NO_BASIS_CONFIGURED')
})

import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import {
  covers,
  names,
  purposeMatches,
  reaches,
  touches,
} from '../../../src/features/consent/permission-key.ts'
import { act, ana, now, query, registry } from './scene.ts'

const key = {
  controller: 'moda',
  brand: 'moda-joven',
  purpose: 'marketing.direct',
  contactChannel: 'email',
  contactPoint: 'cp-new',
} as const

describe('A permission key', () => {
  it('is matched by its purpose, by a glob above it and by the star, and by nothing that merely looks alike', () => {
    expect(purposeMatches('marketing.direct', 'marketing.direct')).toBe(true)
    expect(purposeMatches('marketing.*', 'marketing.direct')).toBe(true)
    expect(purposeMatches('*', 'marketing.direct')).toBe(true)
    expect(purposeMatches('marketing.*', 'marketingx.direct')).toBe(false)
    expect(purposeMatches('marketing.*', 'marketing')).toBe(false)
    expect(purposeMatches('marketing.direct', 'marketing.direct.more')).toBe(false)
  })

  it('is not covered by a yes for another controller, brand, channel or address', () => {
    expect(covers({ ...key, brand: '*' }, key)).toBe(true)
    expect(covers({ ...key, controller: 'hogar' }, key)).toBe(false)
    expect(covers({ ...key, brand: 'moda-casa' }, key)).toBe(false)
    expect(covers({ ...key, contactChannel: 'sms' }, key)).toBe(false)
    expect(covers({ ...key, contactPoint: 'cp-old' }, key)).toBe(false)
  })

  it('is touched by a no for any address of the channel, and by any brand when all brands are asked for', () => {
    expect(touches({ ...key, contactPoint: 'cp-old' }, key)).toBe(true)
    expect(touches({ ...key, brand: 'moda-casa' }, { ...key, brand: '*' })).toBe(true)
    expect(touches({ ...key, brand: 'moda-casa' }, key)).toBe(false)
  })

  it("is reached by a finding about its own address, and by any brand's when all brands are asked for", () => {
    const all = { ...key, brand: '*' }
    expect(reaches(key, key)).toBe(true)
    expect(reaches({ ...key, brand: '*' }, key)).toBe(true)
    expect(reaches({ ...key, brand: 'moda-casa' }, key)).toBe(false)
    expect(reaches({ ...key, brand: 'moda-casa' }, all)).toBe(true)
    expect(reaches({ ...key, brand: 'moda-casa', contactPoint: 'cp-old' }, all)).toBe(false)
  })

  it('of all brands is not permitted by a yes that was found void, or given up, for one of them', () => {
    const yes = act('given', '2026-03-01')
    for (const type of ['invalidated', 'revoked'] as const) {
      const found = act(type, '2026-04-01', { brand: 'moda-casa', by: 'controller' })
      const asked = (brand: string) => decide(query({ brand }), ana({}, [yes, found]), registry, now).decision
      expect(asked('*')).toBe('DENY')
      expect(asked('moda-casa')).toBe('DENY')
      expect(asked('moda-joven')).toBe('PERMIT')
    }
  })

  it('is named only by its own purpose and contact channel', () => {
    expect(names(key, key)).toBe(true)
    expect(names({ ...key, purpose: 'marketing.*' }, key)).toBe(false)
    expect(names({ ...key, contactChannel: '*' }, key)).toBe(false)
    expect(names({ ...key, contactChannel: '*' }, { ...key, contactChannel: 'none' })).toBe(true)
  })
})

describe('A consent Ana gave for one address', () => {
  const given = act('given', '2026-03-01', { contactPoint: 'cp-old' })

  it('permits that address', () => {
    expect(decide(query({ contactPoint: 'cp-old' }), ana({}, [given]), registry, now).decision).toBe('PERMIT')
  })

  it('never permits another address, whether the query names it or it is the one on record', () => {
    expect(decide(query({ contactPoint: 'cp-new' }), ana({}, [given]), registry, now).reason).toBe(
      'NO_CONSENT',
    )
    const moved = ana({}, [given], { contactPoints: { email: 'cp-new' } })
    expect(decide(query(), moved, registry, now).reason).toBe('NO_CONSENT')
  })

  it('permits nothing while nobody can say which address would be used', () => {
    expect(decide(query(), ana({}, [given]), registry, now).reason).toBe('NO_CONSENT')
  })

  it('ends with a withdrawal she made for any address of the channel', () => {
    const withdrawn = act('withdrawn', '2026-10-01', { contactPoint: 'cp-new' })
    const facts = ana({}, [given, withdrawn])
    expect(decide(query({ contactPoint: 'cp-old' }), facts, registry, now).reason).toBe('CONSENT_WITHDRAWN')
  })
})

import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import type { Facts } from '../../../src/features/consent/facts.ts'
import { act, ana, at, now, query, registry } from './scene.ts'

const reason = (internal: Facts['suppression']['internal'], asked = query()) => {
  const events = [act('given', '2026-03-01', { contactChannel: '*' })]
  return decide(asked, ana({}, events, { suppression: { internal, listings: [] } }), registry, now).reason
}

describe('After Ana complained of spam', () => {
  const complaint = [{ contactChannel: 'email', reason: 'complaint' }] as const

  it('no marketing mail goes there, though she had consented', () => {
    expect(reason(complaint)).toBe('SUPPRESSED_INTERNAL')
  })

  it('a security notice still goes', () => {
    expect(reason(complaint, query({ purpose: 'security.notice' }))).toBe('LEGAL_OBLIGATION')
  })

  it('another contact channel is not concerned', () => {
    expect(reason(complaint, query({ contactChannel: 'push' }))).toBe('CONSENT_GIVEN')
  })
})

describe('A hard bounce of one address', () => {
  const bounce = [{ contactChannel: 'email', reason: 'hard_bounce', contactPoint: 'cp-old' }] as const

  it('closes that address, and any while it is not known which would be used', () => {
    expect(reason(bounce, query({ contactPoint: 'cp-old' }))).toBe('SUPPRESSED_INTERNAL')
    expect(reason(bounce)).toBe('SUPPRESSED_INTERNAL')
    expect(reason(bounce, query({ contactPoint: 'cp-new' }))).toBe('CONSENT_GIVEN')
  })
})

it('A court order for every channel closes marketing that contacts nobody as well', () => {
  const share = query({ system: 'adnet', purpose: 'marketing.audience_share', contactChannel: 'none' })
  const facts = ana({}, [], {
    suppression: {
      internal: [{ contactChannel: '*', reason: 'court' }],
      listings: [],
      checkedAt: at('2026-11-10'),
    },
  })
  expect(decide(share, facts, registry, now).reason).toBe('SUPPRESSED_INTERNAL')
})

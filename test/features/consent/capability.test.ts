import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, now, query, registry } from './scene.ts'

describe('Whoever asks', () => {
  const yesToAll = ana({}, [act('given', '2026-03-01', { purpose: '*', contactChannel: '*' })])

  it('is refused for a purpose nobody registered, whatever Ana agreed to', () => {
    const answer = decide(query({ purpose: 'marketing.tv' }), yesToAll, registry, now)
    expect(answer).toMatchObject({ decision: 'DENY', reason: 'PURPOSE_UNKNOWN', ask: false, basis: null })
  })

  it('is refused for a purpose they are not registered for, and when nobody knows them', () => {
    const share = query({ purpose: 'marketing.audience_share', contactChannel: 'none' })
    expect(decide(share, yesToAll, registry, now).reason).toBe('SYSTEM_NOT_AUTHORISED_FOR_PURPOSE')
    expect(decide(query({ system: 'stranger' }), yesToAll, registry, now).reason).toBe(
      'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE',
    )
  })

  it('is refused for a retired purpose', () => {
    const panel = query({ system: 'house', purpose: 'marketing.old_panel' })
    expect(decide(panel, yesToAll, registry, now).reason).toBe('PURPOSE_RETIRED')
  })

  it('is refused an attribute the purpose does not list, though Ana agreed to it', () => {
    const given = act('given', '2026-03-01', { attributes: ['email', 'nif'] })
    const answer = decide(query({ attribute: 'nif' }), ana({}, [given]), registry, now)
    expect(answer).toMatchObject({ reason: 'ATTRIBUTE_NOT_IN_PURPOSE', ask: false })
  })
})

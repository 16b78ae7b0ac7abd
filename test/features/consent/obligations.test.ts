import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, bought, now, query, registry } from './scene.ts'

describe('With a permission come obligations', () => {
  it('to say it is advertising, who sends it, how to end it, and to keep it to oneself', () => {
    const { obligations } = decide(query(), ana({}, [act('given', '2026-03-01')]), registry, now)
    expect(obligations).toEqual(['include_optout', 'identify_as_commercial', 'name_sender', 'no_onward_use'])
  })

  it('to offer the objection when nobody said yes', () => {
    const { obligations } = decide(query(), ana({ purchases: [bought('2026-08-22')] }), registry, now)
    expect(obligations).toContain('offer_objection')
  })

  it('to call in Spain from a commercial number, at decent hours, on record', () => {
    const call = query({ contactChannel: 'phone_human', attribute: 'phone' })
    const given = act('given', '2026-03-01', { contactChannel: 'phone_human', attributes: ['phone'] })
    expect(decide(call, ana({}, [given]), registry, now).obligations).toEqual(
      expect.arrayContaining(['commercial_number_code', 'call_window', 'offer_objection', 'record_call']),
    )
  })

  it('to hash and then delete an audience shared with another controller', () => {
    const share = query({ system: 'adnet', purpose: 'marketing.audience_share', contactChannel: 'none' })
    const given = act('given', '2026-03-01', {
      purpose: 'marketing.audience_share',
      contactChannel: '*',
      recipients: ['AdNet GmbH'],
    })
    expect(decide(share, ana({}, [given]), registry, now).obligations).toEqual([
      'no_onward_use',
      'hash_with_partner_salt',
      'delete_after_match',
    ])
  })

  it('to state the source at the first contact on data from elsewhere', () => {
    const facts = ana({}, [act('given', '2026-03-01')], { sourceNoticeDue: true })
    expect(decide(query(), facts, registry, now).obligations).toContain('state_source')
  })

  it('and none with a refusal, nor for performing a contract', () => {
    expect(decide(query(), ana(), registry, now).obligations).toEqual([])
    const order = query({
      system: 'house',
      purpose: 'order.fulfilment',
      contactChannel: 'none',
      attribute: 'name',
    })
    const facts = ana({ contracts: [{ controller: 'moda', at: at('2026-01-01T00:00:00Z') }] })
    expect(decide(order, facts, registry, now).obligations).toEqual([])
  })
})

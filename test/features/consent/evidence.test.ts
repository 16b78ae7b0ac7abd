import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, bought, es, now, query, registry, withPurpose } from './scene.ts'

/** What a decision rests on, so that it can be shown to be lawful (GDPR Art. 5(2), 7(1)). */

const house = (purpose: string, attribute: string) =>
  query({ system: 'house', purpose, attribute, contactChannel: 'none' })
const order = house('order.fulfilment', 'address')
const leaflet = query({ contactChannel: 'post', attribute: 'address' })

describe('The evidence of a permission is', () => {
  it('the contract that runs, by its number, else by whose it is and since when', () => {
    const since = at('2026-01-01T00:00:00Z')
    const resting = (id?: string) =>
      decide(order, ana({ contracts: [{ id, controller: 'moda', at: since }] }), registry, now).evidence
    expect(resting('order-7')).toEqual([{ kind: 'contract', ref: 'order-7' }])
    expect(resting()).toEqual([{ kind: 'contract', ref: 'moda/2026-01-01T00:00:00.000Z' }])
  })

  it('the sale, by its number, else by who sold and when', () => {
    const resting = (id?: string) =>
      decide(query(), ana({ purchases: [bought('2026-08-22', { id })] }), registry, now).evidence
    expect(resting('sale-7')).toEqual([{ kind: 'purchase', ref: 'sale-7' }])
    expect(resting()).toEqual([{ kind: 'purchase', ref: 'moda/2026-08-22T10:00:00.000Z' }])
  })

  it('the law the purpose cites, else the purpose that has the obligation', () => {
    const notice = query({ purpose: 'security.notice' })
    expect(decide(notice, ana(), registry, now).evidence).toEqual([{ kind: 'law', ref: 'GDPR Art. 34' }])
    expect(decide(house('dsr.response', 'name'), ana(), registry, now).evidence).toEqual([
      { kind: 'law', ref: 'purpose:dsr.response' },
    ])
  })

  it('the balancing test, by its reference, else the purpose that was balanced', () => {
    expect(decide(leaflet, ana(), registry, now).evidence).toEqual([
      { kind: 'assessment', ref: 'lia-2026-03' },
    ])
    expect(decide(house('fraud.prevention', 'device_id'), ana(), registry, now).evidence).toEqual([
      { kind: 'assessment', ref: 'purpose:fraud.prevention' },
    ])
  })
})

describe('Nothing is the evidence', () => {
  it('of a refusal that is not Ana’s own', () => {
    expect(decide(query(), ana(), registry, now)).toMatchObject({ reason: 'NO_CONSENT', evidence: [] })
    expect(decide(order, ana(), registry, now)).toMatchObject({ reason: 'NO_ACTIVE_CONTRACT', evidence: [] })
  })
})

describe('Where advertising rests on something else than consent alone', () => {
  const swapped = {
    ...registry,
    packs: new Map([
      [
        'ES',
        [
          {
            ...es,
            bases: {
              'marketing.direct': { email: ['soft_opt_in'], post: ['legitimate_interest'] },
            },
          } as const,
        ],
      ],
    ]),
  }

  it.each([
    ['a sale', query(), 'SOFT_OPT_IN'],
    ['an interest', leaflet, 'LEGITIMATE_INTEREST'],
  ] as const)('Ana’s own no stands against %s, by its name and as the evidence', (_, asked, permitted) => {
    const told = (type: 'refused' | 'withdrawn' | 'objected' | 'deferred') => {
      const said = act(type, '2026-09-01', { id: 'hers', contactChannel: '*' })
      return decide(asked, ana({ purchases: [bought('2026-08-22')] }, [said]), swapped, now)
    }
    const hers = [{ kind: 'consent-event', ref: 'hers' }]
    expect(told('refused')).toMatchObject({ reason: 'CONSENT_REFUSED', evidence: hers })
    expect(told('withdrawn')).toMatchObject({ reason: 'CONSENT_WITHDRAWN', evidence: hers })
    expect(told('objected')).toMatchObject({ reason: 'OBJECTED', evidence: hers })
    expect(told('deferred').reason).toBe(permitted)
  })

  it('a channel for which nobody wrote how old a sale may be has no soft opt-in (LSSI 21.2)', () => {
    const silent = { ...registry, packs: new Map([['ES', [{ ...es, softOptInMaxAge: {} }]]]) }
    expect(decide(query(), ana({ purchases: [bought('2026-11-21')] }), silent, now).reason).toBe(
      'SOFT_OPT_IN_CONDITIONS_NOT_MET',
    )
  })

  it('the sale carries to the address taken then, or to any when none was noted', () => {
    const reason = (taken: string | undefined, asked: string | undefined) =>
      decide(
        query({ contactPoint: asked }),
        ana({ purchases: [bought('2026-08-22', { contactPoint: taken })] }),
        registry,
        now,
      ).reason
    expect(reason('cp-1', 'cp-1')).toBe('SOFT_OPT_IN')
    expect(reason(undefined, 'cp-1')).toBe('SOFT_OPT_IN')
    expect(reason('cp-1', 'cp-2')).toBe('SOFT_OPT_IN_CONDITIONS_NOT_MET')
    expect(reason('cp-1', undefined)).toBe('SOFT_OPT_IN_CONDITIONS_NOT_MET')
  })

  it('a security interest is no advertising: a refusal and childhood leave it standing (Art. 6(1)(f))', () => {
    const fraud = house('fraud.prevention', 'device_id')
    const refused = act('refused', '2026-09-01', { purpose: 'fraud.prevention', contactChannel: '*' })
    const child = ana({ birthDate: { year: 2015, month: 1, day: 1 } }, [refused])
    expect(decide(fraud, child, registry, now).reason).toBe('LEGITIMATE_INTEREST')
  })
})

describe('Where nobody wrote a rule pack', () => {
  it('only advertising is held to consent: an order is delivered all the same', () => {
    const facts = ana({ jurisdiction: 'XX', contracts: [{ controller: 'moda', at: at('2026-01-01') }] })
    expect(decide(order, facts, registry, now).reason).toBe('CONTRACT')
  })
})

describe('A special category (GDPR Art. 9)', () => {
  it('needs no explicit yes where the purpose has another ground of Art. 9(2) on record', () => {
    const yes = act('given', '2026-03-01', {
      purpose: 'wellness.programme',
      contactChannel: '*',
      attributes: ['allergies'],
    })
    const asked = house('wellness.programme', 'allergies')
    const grounded = withPurpose('wellness.programme', { art9Ground: '9(2)(h)' })
    expect(decide(asked, ana({}, [yes]), registry, now).reason).toBe('EXPLICIT_CONSENT_REQUIRED')
    expect(decide(asked, ana({}, [yes]), grounded, now).reason).toBe('CONSENT_GIVEN')
  })
})

describe('The notice bounds a yes:', () => {
  it('one that narrowed no sources covers a value from anywhere', () => {
    const facts = ana({}, [act('given', '2026-03-01')], { provenance: { email: ['store', 'partner:club'] } })
    expect(decide(query(), facts, registry, now).reason).toBe('CONSENT_GIVEN')
  })

  it('one that named nobody lets no other controller in (EDPB 05/2020), by id or by legal entity', () => {
    const asked = query({ system: 'adnet', purpose: 'marketing.audience_share', contactChannel: 'none' })
    const reason = (recipients: readonly string[] | undefined) => {
      const yes = act('given', '2026-03-01', {
        purpose: 'marketing.audience_share',
        contactChannel: '*',
        recipients,
      })
      return decide(asked, ana({}, [yes]), registry, now).reason
    }
    expect(reason(undefined)).toBe('NO_CONSENT')
    expect(reason([])).toBe('NO_CONSENT')
    expect(reason(['Somebody Else SL', 'adnet'])).toBe('CONSENT_GIVEN')
    expect(reason(['Somebody Else SL', 'AdNet GmbH'])).toBe('CONSENT_GIVEN')
  })
})

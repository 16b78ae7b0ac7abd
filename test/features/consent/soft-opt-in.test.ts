import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/features/consent/decision.ts'
import type { Facts, Purchase } from '../../../src/features/consent/facts.ts'
import { act, ana, at, bought, es, months, now, query, registry } from './scene.ts'

const answer = (purchases: readonly Purchase[], asked = query(), more: Partial<Facts> = {}, subject = {}) =>
  decide(asked, { ...ana({ purchases, ...subject }), ...more }, registry, now)

describe('Ana, who bought a coat in August', () => {
  const coat = bought('2026-08-22')

  it('may be written to about similar things, on the strength of that sale, until its time or the list check is up', () => {
    expect(answer([coat])).toMatchObject({
      decision: 'PERMIT',
      reason: 'SOFT_OPT_IN',
      basis: 'soft_opt_in',
      evidence: [{ kind: 'purchase', ref: 'sale-2026-08-22' }],
      validUntil: at('2026-12-10T00:00:00Z') + 1,
    })
    expect(answer([bought('2026-08-22', { category: 'footwear' })]).decision).toBe('PERMIT')
  })

  it.each([
    ['the campaign is about something else', bought('2026-08-22', { category: 'kitchen' }), query()],
    ['nobody says what the campaign is about', coat, query({ campaignCategory: undefined })],
    [
      'no way out was offered when the address was taken',
      bought('2026-08-22', { optOutOffered: false }),
      query(),
    ],
    ['it was a sister company that sold it', bought('2026-08-22', { controller: 'hogar' }), query()],
    ['the sale is two years old to the instant', { ...coat, at: at('2024-11-22T12:00:00Z') }, query()],
    ['another controller would write', coat, query({ system: 'adnet' })],
    ['it was another address she left', bought('2026-08-22', { contactPoint: 'cp-old' }), query()],
  ])('may not when %s', (_, purchase, asked) => {
    expect(answer([purchase], asked)).toMatchObject({
      decision: 'DENY',
      reason: 'SOFT_OPT_IN_CONDITIONS_NOT_MET',
      ask: true,
    })
  })

  it('may be rung up for a year only', () => {
    const call = query({ contactChannel: 'phone_human', attribute: 'phone' })
    expect(answer([coat], call).reason).toBe('SOFT_OPT_IN')
    expect(answer([bought('2025-11-20')], call).reason).toBe('SOFT_OPT_IN_CONDITIONS_NOT_MET')
  })

  it('may not after she said no, whatever else became of the consent since', () => {
    const no = act('withdrawn', '2026-09-01')
    for (const events of [
      [no],
      [act('refused', '2026-08-22')],
      [no, act('revoked', '2026-10-01', { by: 'controller' })],
      [no, act('invalidated', '2026-10-01', { by: 'controller' })],
    ]) {
      expect(answer([coat], query(), { events }).decision).toBe('DENY')
    }
  })

  it('may again once a yes of hers came after the no, even when that yes has run out', () => {
    const events = [act('withdrawn', '2026-01-01'), act('given', '2026-03-01', { validity: months(6) })]
    expect(answer([coat], query(), { events }).reason).toBe('SOFT_OPT_IN')
  })

  it('may not in Germany on a form that never came back after her no', () => {
    const events = [act('withdrawn', '2026-11-01'), act('given', '2026-11-21')]
    expect(answer([coat], query(), { events }, { jurisdiction: 'DE' }).reason).toBe('DOUBLE_OPT_IN_MISSING')
  })

  it('may not while she is a child, until the birthday', () => {
    const subject = { birthDate: { year: 2012, month: 12, day: 1 } }
    expect(answer([coat], query(), {}, subject)).toMatchObject({
      reason: 'MINOR_MARKETING',
      ask: false,
      validUntil: at('2026-12-01T00:00:00Z'),
    })
  })
})

describe('The exclusion lists', () => {
  const lists = (suppression: Partial<Facts['suppression']>, on = registry) =>
    decide(
      query(),
      ana({ purchases: [bought('2026-08-22')] }, [], {
        suppression: { internal: [], listings: [], checkedAt: at('2026-11-10T00:00:00Z'), ...suppression },
      }),
      on,
      now,
    )
  const listed = { list: 'robinson', contactChannel: 'email' } as const

  it('stand in the way of whoever is on them', () => {
    expect(lists({ listings: [listed] })).toMatchObject({ reason: 'SUPPRESSED_EXTERNAL_LIST', ask: true })
    expect(lists({ listings: [{ ...listed, contactChannel: 'sms' }] }).decision).toBe('PERMIT')
    expect(lists({ listings: [{ ...listed, list: 'of-another-country' }] }).decision).toBe('PERMIT')
  })

  it('must have been consulted within thirty days, the thirtieth included, else nobody is written to', () => {
    const days = (count: number) => now - count * 86_400_000
    expect(lists({ checkedAt: days(30) })).toMatchObject({ decision: 'PERMIT', validUntil: now + 1 })
    expect(lists({ checkedAt: days(30) - 1 })).toMatchObject({
      reason: 'SUPPRESSION_LIST_CHECK_STALE',
      ask: false,
    })
    expect(lists({ checkedAt: undefined }).reason).toBe('SUPPRESSION_LIST_CHECK_STALE')
  })

  it('bind from their date, unless the pack honours them from the day they are known', () => {
    const future = { listings: [{ ...listed, effectiveFrom: at('2026-12-01T00:00:00Z') }] }
    expect(lists(future).reason).toBe('SUPPRESSED_EXTERNAL_LIST')
    const literal = { ...registry, packs: new Map([['ES', [{ ...es, honourListingsEarly: false }]]]) }
    expect(lists(future, literal)).toMatchObject({
      decision: 'PERMIT',
      validUntil: at('2026-12-01T00:00:00Z'),
    })
  })

  it('do not stand in the way of a consent to this very controller', () => {
    const facts = ana({}, [act('given', '2026-03-01')], {
      suppression: { internal: [], listings: [listed], checkedAt: undefined },
    })
    expect(decide(query(), facts, registry, now).reason).toBe('CONSENT_GIVEN')
  })
})

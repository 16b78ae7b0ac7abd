import { describe, expect, it } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import { act, ana, at, bought, months, now, query, registry, withPurpose } from './scene.ts'

const answer = (events: readonly ConsentEvent[], asked = query(), moment = now) =>
  decide(asked, ana({}, events), registry, moment)

describe('A consent', () => {
  it('permits what it was given for, and names itself as the evidence', () => {
    const given = act('given', '2026-03-01')
    expect(answer([given])).toMatchObject({
      decision: 'PERMIT',
      reason: 'CONSENT_GIVEN',
      basis: 'consent',
      ask: false,
      validUntil: null,
      evidence: [{ kind: 'consent-event', ref: given.id }],
    })
  })

  it('covers the attributes its notice named and no other', () => {
    expect(answer([act('given', '2026-03-01')], query({ attribute: 'phone' }))).toMatchObject({
      reason: 'ATTRIBUTE_NOT_COVERED_BY_CONSENT',
      ask: true,
    })
    const { attributes: _, ...unnamed } = act('given', '2026-03-01')
    expect(answer([unnamed]).reason).toBe('ATTRIBUTE_NOT_COVERED_BY_CONSENT')
  })

  it('covers the data sources its notice named, when the source of the value is known', () => {
    const given = act('given', '2026-03-01', { sources: ['web', 'app'] })
    const from = (...origins: string[]) =>
      decide(query(), ana({}, [given], { provenance: { email: origins } }), registry, now).reason
    expect(from('web')).toBe('CONSENT_GIVEN')
    expect(from('web', 'store')).toBe('ATTRIBUTE_NOT_COVERED_BY_CONSENT')
    expect(answer([given]).reason).toBe('CONSENT_GIVEN')
  })

  it('of a version before a material change is superseded', () => {
    const changed = withPurpose('marketing.direct', { reconsentMin: 3 })
    const on = (purposeVersion: number) =>
      decide(query(), ana({}, [act('given', '2026-03-01', { purposeVersion })]), changed, now)
    expect(on(2)).toMatchObject({ reason: 'CONSENT_SUPERSEDED', ask: true })
    expect(on(3).decision).toBe('PERMIT')
  })

  it('has expired at the very instant its validity ends', () => {
    const call = query({ contactChannel: 'phone_human', attribute: 'phone' })
    const given = act('given', '2024-11-22T12:00:00Z', {
      contactChannel: 'phone_human',
      attributes: ['phone'],
    })
    expect(answer([given], call, now - 1)).toMatchObject({ decision: 'PERMIT', validUntil: now })
    expect(answer([given], call, now)).toMatchObject({ reason: 'CONSENT_EXPIRED', ask: true })
  })

  it('lasts no longer than its own notice promised', () => {
    const given = act('given', '2026-03-01', { validity: months(6) })
    expect(answer([given]).reason).toBe('CONSENT_EXPIRED')
    expect(answer([given], query(), at('2026-08-31T00:00:00Z')).validUntil).toBe(at('2026-09-01T10:00:00Z'))
  })

  it('must be explicit for special categories', () => {
    const asked = query({
      system: 'house',
      purpose: 'wellness.programme',
      contactChannel: 'none',
      attribute: 'allergies',
    })
    const given = (consentType: 'expressed' | 'explicit') =>
      act('given', '2026-03-01', {
        purpose: 'wellness.programme',
        contactChannel: '*',
        attributes: ['allergies'],
        consentType,
      })
    expect(answer([given('expressed')], asked)).toMatchObject({
      reason: 'EXPLICIT_CONSENT_REQUIRED',
      ask: true,
    })
    expect(answer([given('explicit')], asked).decision).toBe('PERMIT')
  })

  it('reaches another controller only if its notice named that controller', () => {
    const asked = query({ system: 'adnet', purpose: 'marketing.audience_share', contactChannel: 'none' })
    const given = (recipients: readonly string[]) =>
      act('given', '2026-03-01', { purpose: 'marketing.audience_share', contactChannel: '*', recipients })
    expect(answer([given(['AdNet GmbH'])], asked).decision).toBe('PERMIT')
    expect(answer([given(['Somebody Else SL'])], asked)).toMatchObject({ reason: 'NO_CONSENT', ask: true })
  })
})

describe('After a no', () => {
  it('nobody is asked again for six months, and the answer says until when', () => {
    const refused = act('refused', '2026-09-22')
    expect(answer([refused])).toMatchObject({
      reason: 'CONSENT_REFUSED',
      ask: false,
      validUntil: at('2027-03-22T10:00:00Z'),
      evidence: [{ kind: 'consent-event', ref: refused.id }],
    })
    expect(answer([refused], query(), at('2027-03-22T10:00:00Z')).ask).toBe(true)
  })

  it('an invalidation by the controller does not shorten the cool-off', () => {
    const events = [act('withdrawn', '2026-10-01'), act('invalidated', '2026-11-01', { by: 'controller' })]
    expect(answer(events)).toMatchObject({ reason: 'CONSENT_INVALIDATED', ask: false })
  })
})

describe('A child', () => {
  const bruno = { birthDate: { year: 2012, month: 3, day: 10 } }
  const asks = (events: readonly ConsentEvent[], change = {}) =>
    decide(query(), ana({ ...bruno, ...change }, events), registry, now)

  it('who said yes alone at 13 is not heard at 14 either: a birthday heals nothing', () => {
    expect(asks([act('given', '2026-03-09')])).toMatchObject({
      reason: 'PARENTAL_CONSENT_MISSING',
      ask: true,
    })
    expect(asks([act('given', '2026-03-10')]).decision).toBe('PERMIT')
  })

  it('is spoken for by a verified guardian, and still after the birthday', () => {
    const guardian = { by: 'guardian', guardianVerified: true } as const
    expect(asks([act('given', '2026-02-01', guardian)]).decision).toBe('PERMIT')
    expect(asks([act('given', '2026-02-01', { by: 'guardian' })]).reason).toBe('PARENTAL_CONSENT_MISSING')
  })

  it('does not undo the guardian’s yes by one of its own that counts for nothing', () => {
    const guardian = act('given', '2026-02-01', { by: 'guardian', guardianVerified: true })
    expect(asks([guardian, act('given', '2026-02-10')]).evidence).toEqual([
      { kind: 'consent-event', ref: guardian.id },
    ])
  })

  it('is judged anew where it moves to: 14 is enough in Spain and not in Germany', () => {
    const given = act('given', '2026-11-01', { confirmedAt: at('2026-11-01T10:05:00Z') })
    expect(asks([given]).decision).toBe('PERMIT')
    expect(asks([given], { jurisdiction: 'DE' }).reason).toBe('PARENTAL_CONSENT_MISSING')
  })

  it('of unknown birth date is judged by the age assured at the act', () => {
    const over = (overAge: number) =>
      asks([act('given', '2026-11-01', { overAge })], { birthDate: undefined })
    expect(over(14).decision).toBe('PERMIT')
    expect(over(13).reason).toBe('PARENTAL_CONSENT_MISSING')
  })
})

describe('Where nobody wrote a rule pack', () => {
  const away = (events: readonly ConsentEvent[], jurisdiction: string | undefined) =>
    decide(query(), ana({ jurisdiction, purchases: [bought('2026-08-22')] }, events), registry, now)

  it('marketing needs a confirmed consent, and a purchase opens nothing', () => {
    for (const jurisdiction of ['XX', undefined]) {
      expect(away([], jurisdiction).reason).toBe('NO_CONSENT')
      expect(away([act('given', '2026-11-21')], jurisdiction).reason).toBe('DOUBLE_OPT_IN_MISSING')
      const confirmed = act('given', '2026-11-01', { confirmedAt: at('2026-11-01T10:05:00Z') })
      expect(away([confirmed], jurisdiction).decision).toBe('PERMIT')
    }
  })

  it('a purpose that would advertise on a sale elsewhere does not do so there', () => {
    const elsewhere = withPurpose('marketing.direct', {
      bases: ['consent', 'soft_opt_in', 'legitimate_interest'],
    })
    const facts = ana({ jurisdiction: 'XX', purchases: [bought('2026-08-22')] })
    expect(decide(query(), facts, elsewhere, now).reason).toBe('NO_CONSENT')
  })
})

import { describe, expect, it } from 'vitest'
import type { ConsentEvent, ConsentEventType } from '../../../src/features/consent/consent-event.ts'
import { decide } from '../../../src/features/consent/decision.ts'
import { isJoined } from '../../../src/features/consent/joint-consent.ts'
import { act, ana, now, query, registry } from './scene.ts'

/** Léa, thirteen, lives in France, where child and guardian consent together (Loi Informatique et Libertés art. 45). */
const lea = { jurisdiction: 'FR', birthDate: { year: 2013, month: 5, day: 1 } }

const guardians = (day: string, change: Partial<ConsentEvent> = {}) =>
  act('given', day, { by: 'guardian', guardianVerified: true, ...change })
const own = (day: string, change: Partial<ConsentEvent> = {}) => act('given', day, change)

const answer = (...events: ConsentEvent[]) => decide(query(), ana(lea, events), registry, now)
const key = query()
const joined = (second: ConsentEvent, ...others: ConsentEvent[]) => isJoined(second, [second, ...others], key)

describe('A child of thirteen in France', () => {
  it('and her guardian permit together, whoever speaks first, and neither alone', () => {
    expect(answer(own('2026-10-01'), guardians('2026-10-02')).decision).toBe('PERMIT')
    expect(answer(guardians('2026-10-01'), own('2026-10-02')).decision).toBe('PERMIT')
    expect(answer(own('2026-10-01')).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(answer(guardians('2026-10-01')).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(answer(own('2026-10-01'), own('2026-10-02')).reason).toBe('PARENTAL_CONSENT_MISSING')
    expect(answer(guardians('2026-10-01'), guardians('2026-10-02')).reason).toBe('PARENTAL_CONSENT_MISSING')
  })

  it('grown up, she speaks for herself, and nobody is waited for', () => {
    const grown = ana({ ...lea, birthDate: { year: 1990, month: 5, day: 1 } }, [own('2026-10-01')])
    expect(decide(query(), grown, registry, now).decision).toBe('PERMIT')
  })

  it('is not joined by a guardian nobody verified, first or second', () => {
    const unproven = { guardianVerified: false }
    expect(answer(guardians('2026-10-01', unproven), own('2026-10-02')).decision).toBe('DENY')
    expect(answer(own('2026-10-01'), guardians('2026-10-02', unproven)).decision).toBe('DENY')
    expect(joined(own('2026-10-02'), guardians('2026-10-01', unproven))).toBe(false)
    expect(joined(own('2026-10-02'), act('given', '2026-10-01', { by: 'guardian' }))).toBe(false)
  })
})

describe('The yes that comes second', () => {
  it('completes one said before it or at the same instant, not one still to come', () => {
    expect(joined(own('2026-10-02'), guardians('2026-10-01'))).toBe(true)
    expect(joined(own('2026-10-02'), guardians('2026-10-02'))).toBe(true)
    expect(joined(own('2026-10-02'), guardians('2026-10-03'))).toBe(false)
  })

  it('completes a yes alone, of the key that is asked about', () => {
    for (const type of ['requested', 'deferred', 'confirmed', 'refused'] as const)
      expect(joined(own('2026-10-02'), guardians('2026-10-01', { type }))).toBe(false)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { controller: 'hogar' }))).toBe(false)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { contactChannel: 'sms' }))).toBe(false)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { evidenceGrade: 'none' }))).toBe(false)
  })

  it('completes one to the same version', () => {
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { purposeVersion: 1 }))).toBe(false)
    expect(joined(own('2026-10-02', { purposeVersion: 1 }), guardians('2026-10-01'))).toBe(false)
  })

  it('completes one that named at least the same data', () => {
    const [less, more] = [['email'], ['email', 'first_name', 'phone']]
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { attributes: more }))).toBe(true)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { attributes: less }))).toBe(false)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', { attributes: undefined }))).toBe(false)
    expect(joined(own('2026-10-02', { attributes: undefined }), guardians('2026-10-01'))).toBe(true)
  })

  it('completes one that named at least the same hands', () => {
    const named = (...recipients: string[]) => ({ recipients })
    expect(joined(own('2026-10-02', named('adnet')), guardians('2026-10-01', named('adnet', 'b')))).toBe(true)
    expect(joined(own('2026-10-02', named('adnet', 'b')), guardians('2026-10-01', named('b')))).toBe(false)
    expect(joined(own('2026-10-02', named('adnet')), guardians('2026-10-01'))).toBe(false)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', named('adnet')))).toBe(true)
  })

  it('reaches no source that the first did not name', () => {
    const from = (...sources: string[]) => ({ sources })
    expect(joined(own('2026-10-02', from('web')), guardians('2026-10-01'))).toBe(true)
    expect(joined(own('2026-10-02', from('web')), guardians('2026-10-01', from('web', 'store')))).toBe(true)
    expect(joined(own('2026-10-02', from('web', 'app')), guardians('2026-10-01', from('web')))).toBe(false)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', from('web')))).toBe(false)
  })

  it('is explicit only together with an explicit one', () => {
    const explicit = { consentType: 'explicit' } as const
    expect(joined(own('2026-10-02', explicit), guardians('2026-10-01'))).toBe(false)
    expect(joined(own('2026-10-02', explicit), guardians('2026-10-01', explicit))).toBe(true)
    expect(joined(own('2026-10-02'), guardians('2026-10-01', explicit))).toBe(true)
  })

  it('does not reach back over a no of either, at the instants of both included', () => {
    const no = (type: ConsentEventType, day: string, change: Partial<ConsentEvent> = {}) =>
      act(type, day, change)
    const over = (...nos: ConsentEvent[]) => joined(own('2026-10-03'), guardians('2026-10-01'), ...nos)
    for (const type of ['refused', 'withdrawn', 'invalidated', 'revoked'] as const) {
      for (const day of ['2026-10-01', '2026-10-02', '2026-10-03']) expect(over(no(type, day))).toBe(false)
      for (const day of ['2026-09-30', '2026-10-04']) expect(over(no(type, day))).toBe(true)
      expect(over(no(type, '2026-10-02', { contactChannel: 'sms' }))).toBe(true)
    }
    expect(over(no('deferred', '2026-10-02'))).toBe(true)
  })

  it('is completed by any of several, if one of them is enough', () => {
    const [tooOld, enough] = [guardians('2026-09-01', { purposeVersion: 1 }), guardians('2026-10-01')]
    expect(joined(own('2026-10-02'), tooOld, enough)).toBe(true)
    expect(joined(own('2026-10-02'), tooOld)).toBe(false)
  })
})

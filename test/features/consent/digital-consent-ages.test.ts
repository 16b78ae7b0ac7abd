import { describe, expect, it } from 'vitest'
import { birthday } from '../../../src/features/consent/age.ts'
import { agesOf, digitalConsentAges } from '../../../src/features/consent/digital-consent-ages.ts'
import { consentAgeAt } from '../../../src/features/consent/rule-pack.ts'
import { at, de, es, strictest } from './scene.ts'

describe('The ages of digital consent', () => {
  it('lie between 13 and 16, one row in force per country at a time', () => {
    for (const { country, age, validFrom, validTo } of digitalConsentAges) {
      expect(age).toBeGreaterThanOrEqual(13)
      expect(age).toBeLessThanOrEqual(16)
      const overlapping = agesOf(country).filter(
        (other) => other.validFrom < (validTo ?? Infinity) && validFrom < (other.validTo ?? Infinity),
      )
      expect(overlapping).toHaveLength(1)
    }
  })

  it('cover the whole European Economic Area and the United Kingdom', () => {
    const eea =
      'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')
    expect(new Set(digitalConsentAges.map((row) => row.country))).toEqual(new Set([...eea, 'GB']))
  })

  it('are those of the moment: Denmark went from 13 to 15 on 1 January 2024', () => {
    const denmark = { ...strictest, digitalConsentAge: agesOf('DK') }
    expect(consentAgeAt(denmark, at('2023-12-31T23:59:59Z'))).toBe(13)
    expect(consentAgeAt(denmark, at('2024-01-01T00:00:00Z'))).toBe(15)
  })

  it('are 14 in Spain, 16 in Germany, and 16 wherever nothing is known', () => {
    const today = at('2026-11-22')
    expect([es, de, strictest].map((pack) => consentAgeAt(pack, today))).toEqual([14, 16, 16])
    expect(consentAgeAt({ ...strictest, digitalConsentAge: [] }, today)).toBe(16)
  })

  it('are reached on 1 March by whoever was born on 29 February', () => {
    expect(birthday({ year: 2012, month: 2, day: 29 }, 14)).toBe(at('2026-03-01T00:00:00Z'))
  })
})

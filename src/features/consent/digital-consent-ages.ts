import type { Instant } from './calendar.ts'

/** From which age a person consents alone (GDPR Art. 8(1)), while the row is in force. */
export interface DigitalConsentAge {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly age: number
  readonly legalReference: string
  readonly validFrom: Instant
  readonly validTo?: Instant
  /** Who consents below the age: the guardian, or child and guardian together. */
  readonly below: 'guardian' | 'joint'
}

/** The GDPR's own age, for every country without a row. */
export const strictestDigitalConsentAge = 16

const gdprApplies = Date.UTC(2018, 4, 25)

const row = (country: string, age: number, legalReference: string): DigitalConsentAge => ({
  country,
  age,
  legalReference,
  validFrom: gdprApplies,
  below: 'guardian',
})

const national = 'national law under GDPR Art. 8(1), second subparagraph'
const noDerogation = 'GDPR Art. 8(1), first subparagraph'

/**
 * A dated table and not a constant, because it moves: Denmark went from 13 to 15 on 1 January 2024, and a Spanish bill
 * (121/000052) would go from 14 to 16. A row is closed with `validTo`, never edited. To be checked by counsel.
 */
export const digitalConsentAges: readonly DigitalConsentAge[] = [
  row('AT', 14, 'DSG § 4(4)'),
  row('BE', 13, national),
  row('BG', 14, national),
  row('CY', 14, national),
  row('CZ', 15, 'Act 110/2019 § 7'),
  row('DE', 16, noDerogation),
  { ...row('DK', 13, national), validTo: Date.UTC(2024, 0, 1) },
  { ...row('DK', 15, national), validFrom: Date.UTC(2024, 0, 1) },
  row('EE', 13, national),
  row('ES', 14, 'LOPDGDD art. 7'),
  row('FI', 13, national),
  { ...row('FR', 15, 'Loi Informatique et Libertés art. 45'), below: 'joint' },
  row('GB', 13, 'Data Protection Act 2018'),
  row('GR', 15, 'Law 4624/2019 art. 21'),
  row('HR', 16, noDerogation),
  row('HU', 16, noDerogation),
  row('IE', 16, 'Data Protection Act 2018 s. 31'),
  row('IS', 13, national),
  row('IT', 14, 'Codice privacy art. 2-quinquies'),
  row('LI', 16, noDerogation),
  row('LT', 14, national),
  row('LU', 16, noDerogation),
  row('LV', 13, national),
  row('MT', 13, national),
  row('NL', 16, noDerogation),
  row('NO', 13, national),
  row('PL', 16, noDerogation),
  row('PT', 13, 'Lei 58/2019 art. 16'),
  row('RO', 16, noDerogation),
  row('SE', 13, national),
  row('SI', 15, 'ZVOP-2 art. 8'),
  row('SK', 16, noDerogation),
]

export const agesOf = (country: string): readonly DigitalConsentAge[] =>
  digitalConsentAges.filter((age) => age.country === country)

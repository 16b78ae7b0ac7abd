import { expect, test } from 'vitest'
import type { ImportMapping } from '../../../../src/features/consent/imports/import-mapping.ts'
import {
  importMappingShape,
  missingColumns,
} from '../../../../src/features/consent/imports/import-mapping.ts'
import { readRow } from '../../../../src/features/consent/imports/import-row.ts'
import { Quarantined, quarantineWords } from '../../../../src/features/consent/imports/quarantine-reason.ts'
import { saidAt } from '../../../../src/features/consent/imports/said-at.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const whole = {
  email: 'ana@correo.example',
  purpose: 'marketing.direct',
  contact_channel: 'email',
  answer: 'given',
  given_at: '2024-03-03T10:00:00+01:00',
  channel: 'web',
  evidence_grade: 'full',
  evidence_reference: 'form 7',
}
const read = (more: Readonly<Record<string, string>>, mapping: ImportMapping = {}) => {
  const cells = new Map(Object.entries({ ...whole, ...more }))
  return readRow({ line: 2, next: { offset: 0, line: 3 }, size: 1, cells }, mapping, now)
}
const reasonOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof Quarantined) return error.reason
    throw error
  }
  return 'none'
}

test('every flaw of a row has a reason of its own', () => {
  const flaws: [Readonly<Record<string, string>>, string][] = [
    [{ email: '' }, 'subject_missing'],
    [{ email: 'ana@' }, 'email_malformed'],
    [{ email: '=cmd|calc' }, 'email_malformed'],
    [{ phone: '+34 12' }, 'phone_malformed'],
    [{ customer_number: '<script>' }, 'customer_number_malformed'],
    [{ purpose: ' ' }, 'purpose_unknown'],
    [{ contact_channel: 'fax' }, 'contact_channel_unknown'],
    [{ answer: 'perhaps' }, 'answer_unknown'],
    [{ answer: 'constructor' }, 'answer_unknown'],
    [{ given_at: '' }, 'date_missing'],
    [{ given_at: '2024-02-30T10:00:00Z' }, 'date_malformed'],
    [{ given_at: '2024-03-03T10:00:00' }, 'date_without_zone'],
    [{ given_at: '2026-11-22T12:00:01Z' }, 'date_in_future'],
    [{ confirmed_at: '2024-03-03T08:00:00Z' }, 'confirmed_before_given'],
    [{ channel: 'cinema' }, 'channel_unknown'],
    [{ default_state: 'ticked' }, 'choice_ticked_by_default'],
    [{ consent_type: 'implied' }, 'consent_implied'],
    [{ evidence_grade: 'splendid' }, 'evidence_grade_unknown'],
    [{ notice_id: 'n' }, 'notice_unknown'],
    [{ purpose_version: 'two' }, 'purpose_version_unknown'],
    [{ text_language: 'es; drop table' }, 'language_malformed'],
    [{ jurisdiction: 'Spain' }, 'jurisdiction_malformed'],
    [{ row_id: 'x'.repeat(501) }, 'field_too_long'],
  ]
  for (const [more, reason] of flaws)
    expect(
      reasonOf(() => read(more)),
      JSON.stringify(more),
    ).toBe(reason)
  for (const words of Object.values(quarantineWords)) expect(words).toMatch(/^[A-Z].*[.)]$/)
})

test('a no is never held back for a flaw in its papers', () => {
  const no = { answer: 'withdrawn', default_state: 'ticked', consent_type: 'implied', evidence_grade: '?' }
  expect(read(no)).toMatchObject({ answer: 'withdrawn', grade: 'none', notice: undefined })
})

test('a grade of evidence without anything to look up is none (EDPB 05/2020)', () => {
  expect(read({ evidence_reference: '' }).grade).toBe('none')
  expect(read({}).grade).toBe('full')
})

test('what a yes does not tell of its control and its form stays untold', () => {
  expect(read({})).toMatchObject({ defaultState: undefined, consentType: undefined })
  expect(read({ default_state: 'unticked', consent_type: 'explicit' })).toMatchObject({
    defaultState: 'unticked',
    consentType: 'explicit',
  })
})

test('evidence is of one row: a mapping that names it for all of them is refused', () => {
  const claims = [
    { evidence_reference: 'archive 3' },
    { evidence_grade: 'full' },
    { consent_type: 'explicit' },
    { default_state: 'unticked' },
    { confirmed_at: '2024-03-03T10:05:00Z' },
    { text: 'Sí, quiero', consent_type: 'expressed' },
  ]
  for (const constants of claims) {
    const { success, error } = importMappingShape.safeParse({ constants })
    expect(success, JSON.stringify(constants)).toBe(false)
    expect(error?.issues).toMatchObject([
      { path: ['constants'], message: expect.stringMatching(/^evidence is of one row/) },
    ])
  }
})

test('what a text covers is a constant only where the text is one', () => {
  const accepted = (constants: object) => importMappingShape.safeParse({ constants }).success
  for (const covers of [{ attributes: 'email' }, { purpose_version: '1' }]) {
    expect(accepted(covers)).toBe(false)
    expect(accepted({ ...covers, notice_id: 'newsletter' })).toBe(false)
    expect(accepted({ ...covers, text: 'Sí, quiero' })).toBe(true)
    expect(accepted({ ...covers, notice_id: 'newsletter', notice_version: '1' })).toBe(true)
  }
})

test('foreign words become ours by the mapping, and constants go before columns', () => {
  const mapping = importMappingShape.parse({
    columns: { email: 'E-Mail', answer: 'Einwilligung', given_at: 'Datum' },
    constants: { purpose: 'marketing.direct', channel: 'paper' },
    answers: { ja: 'given', nein: 'refused' },
    zone: 'Europe/Madrid',
    dayFirst: true,
  })
  const row = read(
    { 'E-Mail': 'Eva@Correo.example', Einwilligung: 'ja', Datum: '03.07.2024 10:00', purpose: 'x' },
    mapping,
  )
  expect(row).toMatchObject({
    email: 'Eva@correo.example',
    answer: 'given',
    purpose: 'marketing.direct',
    channel: 'paper',
    at: { instant: Date.parse('2024-07-03T08:00:00Z'), exact: true },
  })
  expect(missingColumns(mapping, ['E-Mail', 'Datum', 'contact_channel'])).toEqual(['Einwilligung'])
  const misspelt = { columns: { text: 'Textt' } }
  expect(missingColumns(misspelt, [...Object.keys(whole), 'Text'])).toEqual(['Textt'])
  expect(missingColumns({}, ['purpose'])).toContain('email or phone or customer_number')
  expect(importMappingShape.safeParse({ zone: 'Mars/Olympus' }).success).toBe(false)
  expect(importMappingShape.safeParse({ colums: {} }).success).toBe(false)
})

test('of a day without a time, and of an hour that came twice, the moment that permits less is taken', () => {
  const zone = 'Europe/Madrid'
  const iso = (text: string, yes: boolean) => new Date(saidAt(text, yes, { zone }).instant).toISOString()
  expect(iso('2024-03-03', true)).toBe('2024-03-02T23:00:00.000Z')
  expect(iso('2024-03-03', false)).toBe('2024-03-03T22:59:59.999Z')
  expect(iso('2024-10-27T02:30:00', true)).toBe('2024-10-27T00:30:00.000Z')
  expect(iso('2024-10-27T02:30:00', false)).toBe('2024-10-27T01:30:00.000Z')
  expect(iso('2024-03-03 10:00:00.123456Z', true)).toBe('2024-03-03T10:00:00.123Z')
})

test('a no of today is a no of now; a yes of tomorrow is none', () => {
  const mapping = { zone: 'Europe/Madrid' }
  expect(read({ given_at: '2026-11-22', answer: 'refused' }, mapping).at.instant).toBe(now)
  expect(reasonOf(() => read({ given_at: '2026-11-23' }, mapping))).toBe('date_in_future')
  expect(reasonOf(() => read({ given_at: '2026-11-24', answer: 'refused' }, mapping))).toBe('date_in_future')
})

import { describe, expect, it } from 'vitest'
import {
  maskPhoneNumber,
  parsePhoneNumber,
  receivesTexts,
} from '../../../src/features/identity/phone-number.ts'

describe('a phone number', () => {
  it.each([
    ['600 111 222', '+34600111222'],
    ['+34 600-111-222', '+34600111222'],
    ['0034 600111222', '+34600111222'],
    ['(91) 123 45 67', '+34911234567'],
    ['+44 7911 123456', '+447911123456'],
  ])('typed as %s in Spain is kept as %s', (typed, kept) => {
    expect(parsePhoneNumber(typed)).toBe(kept)
  })

  it('is read as of another country when that is where one is', () => {
    expect(parsePhoneNumber('07911 123456', 'GB')).toBe('+447911123456')
    expect(parsePhoneNumber('600111222', 'XX'), 'an unknown country counts as Spain').toBe('+34600111222')
  })

  it.each([
    '',
    '123',
    '+34 000',
    '600111222 ext. 5',
    'call 600111222 now',
    '600111222;600111333',
    '+999 123456789',
  ])('typed as %j is refused', (typed) => {
    expect(parsePhoneNumber(typed)).toBeUndefined()
  })

  it('says whether texts reach it, and is masked but for its end', () => {
    expect(receivesTexts(parsePhoneNumber('600111222')!)).toBe(true)
    expect(receivesTexts(parsePhoneNumber('911234567')!)).toBe(false)
    expect(maskPhoneNumber(parsePhoneNumber('600111222')!)).toBe('+34 •••••• 22')
  })
})

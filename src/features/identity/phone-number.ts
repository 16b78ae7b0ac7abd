import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

declare const brand: unique symbol
/** A phone number in E.164, such as `+34600111222`; it is its own canonical form. */
export type PhoneNumber = string & { readonly [brand]: 'phone' }

/**
 * Takes in a number as typed. Without an international prefix it is read as of `country` (ISO 3166, Spain unless said
 * otherwise). Undefined when no such number can exist, or when it carries an extension, which no text message reaches.
 */
export function parsePhoneNumber(text: string, country = 'ES'): PhoneNumber | undefined {
  if (text.length > 40 || !/^[\s\d+().\-/]+$/.test(text)) return undefined
  const home: CountryCode = isSupportedCountry(country) ? country : 'ES'
  const number = parsePhoneNumberFromString(text, { defaultCountry: home, extract: false })
  if (number === undefined || !number.isValid() || number.ext !== undefined) return undefined
  return number.number as string as PhoneNumber
}

/** Whether the numbering plan lets this number receive text messages: mobiles, and those no plan tells apart. */
export function receivesTexts(phone: PhoneNumber): boolean {
  const type = parsePhoneNumberFromString(phone)?.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
}

/** `+34 •••••• 22`: country prefix and the last two digits. */
export function maskPhoneNumber(phone: PhoneNumber): string {
  const prefix = parsePhoneNumberFromString(phone)?.countryCallingCode ?? ''
  return `+${prefix} •••••• ${phone.slice(-2)}`
}

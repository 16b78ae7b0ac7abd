import type { Entropy } from '../../kernel/ids.ts'

/** What is printed on a card and typed at a till, without spaces and dashes, in capitals. */
export type LoyaltyCardNumber = string

const shape = /^[0-9A-Z]{6,32}$/

/** A card number as somebody typed or scanned it; undefined for what cannot be one. */
export function parseLoyaltyCard(typed: string): LoyaltyCardNumber | undefined {
  const number = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return shape.test(number) ? number : undefined
}

/** Of an EAN-13, so that whatever reads articles at a till reads cards as well (GS1 General Specifications 7.9). */
function checkDigit(digits: string): number {
  const sum = [...digits].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

/** GS1 keeps 29 for numbers that mean something inside one company only. */
const companyPrefix = '29'
const drawnDigits = 10

/**
 * A number for a new card. Ten digits drawn at random and not counted on: cards in a row would tell how many there are, and
 * whoever has one could name the next. Two alike are told apart by the claim of the number, and drawn again.
 */
export function drawLoyaltyCard(entropy: Entropy): LoyaltyCardNumber {
  const drawn = Buffer.from(entropy.bytes(8)).readBigUInt64BE() % 10n ** BigInt(drawnDigits)
  const digits = `${companyPrefix}${String(drawn).padStart(drawnDigits, '0')}`
  return `${digits}${checkDigit(digits)}`
}

/** In groups of four, as it is read out and typed. */
export const spokenCard = (card: LoyaltyCardNumber): string => card.replaceAll(/(.{4})(?=.)/g, '$1 ')

import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { fromBase32, toBase32 } from './base32.ts'
import { type LoyaltyCardNumber, parseLoyaltyCard } from './loyalty-card.ts'
import {
  type Epoch,
  epochOf,
  epochSpan,
  kidBytes,
  type LoyaltyKeyPair,
  publicKeyObject,
} from './loyalty-keys.ts'

/** A code is good for this long after it was made, and one that lies ahead is not good yet. */
export const codeSeconds = 60
/** Processes of one house differ by this much at most: what one has just made, another does not call of the future. */
const clockDrift = 5

/** Before every code: a till knows it from a coupon, and a later format from this one. */
const prefix = 'PLC1'
const domain = 'placet-loyalty-code|v1|'
const flagBytes = 1
const timeBytes = 4
const signatureBytes = 64
const headBytes = kidBytes + flagBytes + timeBytes
const onOwnPhone = 1

/** What a code says, before anybody has looked whether it is true. */
export interface LoyaltyCode {
  readonly kid: Uint8Array
  readonly card: LoyaltyCardNumber
  /** Unix seconds, by the clock of the house. */
  readonly madeAt: number
  /** The customer had signed in there and then, minutes before, with more than a code by mail. */
  readonly ownPhone: boolean
  /** What was signed, and by what. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

const withDomain = (head: Uint8Array): Buffer => Buffer.concat([Buffer.from(domain, 'utf8'), head])

/**
 * The text of a code: `PLC1` and, in base 32, which key, a flag, when, which card, signature. 146 capitals and digits for a
 * card of 13 digits: a QR code of 41 × 41 modules (ISO/IEC 18004, version 6, level M, alphanumeric).
 */
export function makeLoyaltyCode(
  key: Pick<LoyaltyKeyPair, 'kid' | 'privateKey'>,
  says: { readonly card: LoyaltyCardNumber; readonly madeAt: number; readonly ownPhone: boolean },
): string {
  const rest = Buffer.alloc(flagBytes + timeBytes)
  rest.writeUInt8(says.ownPhone ? onOwnPhone : 0, 0)
  rest.writeUInt32BE(says.madeAt, flagBytes)
  const head = Buffer.concat([key.kid, rest, Buffer.from(says.card, 'ascii')])
  return prefix + toBase32(Buffer.concat([head, sign(null, withDomain(head), key.privateKey)]))
}

/** Reads a code without believing it; undefined for what is none. It has one spelling: another letter is another code. */
export function readLoyaltyCode(text: string): LoyaltyCode | undefined {
  if (!text.startsWith(prefix)) return undefined
  const decoded = fromBase32(text.slice(prefix.length))
  if (decoded === undefined || decoded.length <= headBytes + signatureBytes) return undefined
  const signed = decoded.slice(0, decoded.length - signatureBytes)
  const written = Buffer.from(signed.slice(headBytes)).toString('latin1')
  const card = parseLoyaltyCard(written)
  const flags = signed[kidBytes] ?? 0
  if (card === undefined || card !== written || flags > onOwnPhone) return undefined
  return {
    kid: signed.slice(0, kidBytes),
    card,
    madeAt: Buffer.from(signed).readUInt32BE(kidBytes + flagBytes),
    ownPhone: flags === onOwnPhone,
    signed,
    signature: decoded.slice(signed.length),
  }
}

/** One public key as a till holds it: what it may have signed, and when. */
export interface TillKey {
  readonly kid: Uint8Array
  readonly publicKey: Uint8Array
  readonly epoch: Epoch
  /** The public key as Node verifies with it, where it is at hand. */
  readonly verifying?: KeyObject
}

export type CodeVerdict =
  | { readonly good: true; readonly code: LoyaltyCode }
  | {
      readonly good: false
      /** `key-unknown`: of another store, another day, another house; told apart by nobody without its keys. */
      readonly because: 'unreadable' | 'key-unknown' | 'not-signed' | 'too-old' | 'not-yet'
    }

const refusedBecause = (because: Extract<CodeVerdict, { readonly good: false }>['because']): CodeVerdict => ({
  good: false,
  because,
})

/**
 * Whether a code is true and of this minute. It asks for nothing but the keys of the till and the hour, so a till without a
 * connection judges as the house does. `now` is in seconds by the clock of the house: a till corrects its own by what it
 * was told with its keys. A code is good in the second it was made and in the 60 that follow up to the last, exclusive.
 */
export function verifyLoyaltyCode(text: string, keys: readonly TillKey[], now: number): CodeVerdict {
  const code = readLoyaltyCode(text)
  if (code === undefined) return refusedBecause('unreadable')
  const key = keys.find(({ kid }) => Buffer.from(kid).equals(code.kid))
  if (key === undefined) return refusedBecause('key-unknown')
  const verifying = key.verifying ?? publicKeyObject(key.publicKey)
  if (!verify(null, withDomain(code.signed), verifying, code.signature)) {
    return refusedBecause('not-signed')
  }
  // A key speaks for its own day alone: with yesterday's in hand nobody makes a code of today.
  const { from, until } = epochSpan(key.epoch)
  if (code.madeAt < from || code.madeAt >= until) return refusedBecause('key-unknown')
  if (code.madeAt > now + clockDrift) return refusedBecause('not-yet')
  return now - code.madeAt >= codeSeconds ? refusedBecause('too-old') : { good: true, code }
}

/** What a code is remembered by once it was shown: of everything it says, without the signature. */
export const codeFingerprint = ({ signed }: Pick<LoyaltyCode, 'signed'>): Uint8Array =>
  new Uint8Array(createHash('sha256').update(signed).digest())

/** The days a till may be asked about: today's, and those a minute or a lost connection may carry it into. */
export function epochsAround(now: number): readonly Epoch[] {
  const today = epochOf(now)
  return [today - 1, today, today + 1]
}

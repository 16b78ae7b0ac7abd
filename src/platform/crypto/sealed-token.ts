import type { DerivedKey } from './derived-keys.ts'
import { keyedHash } from './keyed-hash.ts'
import { openUnder, SealBroken, type SealingKey, sealingKey, sealUnder, usedKeyId } from './sealing.ts'

/**
 * State the browser or a mailbox carries for us: sealed, so it can be neither read nor forged, and good for one purpose,
 * one issuer and a limited time. It is not single-use: what may happen once needs a row that is consumed.
 */
export interface SealedTokens {
  /** A base64url text. `payload` must survive JSON. */
  sealToken(purpose: string, payload: unknown, expiresAt: Date): string
  /** The payload, or undefined for anything forged, moved, expired or not ours: one answer for all of them. */
  openToken(purpose: string, text: string, now: Date): unknown
}

/** A browser drops cookies over 4 KiB; whatever is longer was not made here. */
const longest = 8192
const expiryBytes = 6

/**
 * One AES-GCM key is good for 2^32 random IVs (SP 800-38D, 8.3), which a busy house seals in two months, and these keys
 * live as long as the secret does. So each is split into 256; the first byte of a token says which it was.
 */
const buckets = 256

/** `keys`: the first seals, all open. `issuer` keeps tokens of another deployment with the same keys out (R70). */
export function createSealedTokens(
  keys: readonly [DerivedKey, ...DerivedKey[]],
  issuer: string,
): SealedTokens {
  const derive = keys.map(({ bytes }) => keyedHash(bytes))
  const rings = new Map<number, readonly SealingKey[]>()
  const ringOf = (bucket: number): readonly SealingKey[] => {
    const known = rings.get(bucket)
    if (known !== undefined) return known
    const made = derive.map((hash) => sealingKey(hash(`sealed token|${bucket}`)))
    rings.set(bucket, made)
    return made
  }
  let last = 0
  const contextOf = (purpose: string) => `token|${JSON.stringify([issuer, purpose])}`
  return {
    sealToken(purpose, payload, expiresAt) {
      const json = Buffer.from(JSON.stringify(payload), 'utf8')
      const plain = Buffer.allocUnsafe(expiryBytes + json.byteLength)
      plain.writeUIntBE(expiresAt.getTime(), 0, expiryBytes)
      plain.set(json, expiryBytes)
      last = (last + 1) % buckets
      const [current] = ringOf(last)
      if (current === undefined) throw new Error('there is no key to seal with')
      const sealed = sealUnder(current, contextOf(purpose), plain)
      return Buffer.concat([Uint8Array.of(last), sealed]).toString('base64url')
    },
    openToken(purpose, text, now) {
      if (text.length > longest) return undefined
      const sealed = Buffer.from(text, 'base64url')
      // Node forgives foreign characters and stray last bits; one token has exactly one spelling.
      if (sealed.toString('base64url') !== text) return undefined
      const plain = openWithAny(ringOf(sealed[0] ?? 0), contextOf(purpose), sealed.subarray(1))
      if (plain === undefined || plain.readUIntBE(0, expiryBytes) <= now.getTime()) return undefined
      return JSON.parse(plain.toString('utf8', expiryBytes))
    },
  }
}

function openWithAny(ring: readonly SealingKey[], context: string, sealed: Uint8Array): Buffer | undefined {
  try {
    const id = usedKeyId(sealed)
    const key = ring.find((candidate) => candidate.id === id)
    return key === undefined ? undefined : Buffer.from(openUnder(key, context, sealed))
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

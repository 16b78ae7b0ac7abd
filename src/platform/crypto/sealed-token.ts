import type { DerivedKey } from './derived-keys.ts'
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

/** `keys`: the first seals, all open. `issuer` keeps tokens of another deployment with the same keys out (R70). */
export function createSealedTokens(
  keys: readonly [DerivedKey, ...DerivedKey[]],
  issuer: string,
): SealedTokens {
  const ring = keys.map((key) => sealingKey(key.bytes))
  const current: SealingKey = sealingKey(keys[0].bytes)
  const contextOf = (purpose: string) => `token|${JSON.stringify([issuer, purpose])}`
  return {
    sealToken(purpose, payload, expiresAt) {
      const json = Buffer.from(JSON.stringify(payload), 'utf8')
      const plain = Buffer.allocUnsafe(expiryBytes + json.byteLength)
      plain.writeUIntBE(expiresAt.getTime(), 0, expiryBytes)
      plain.set(json, expiryBytes)
      return Buffer.from(sealUnder(current, contextOf(purpose), plain)).toString('base64url')
    },
    openToken(purpose, text, now) {
      if (text.length > longest) return undefined
      const sealed = Buffer.from(text, 'base64url')
      // Node forgives foreign characters and stray last bits; one token has exactly one spelling.
      if (sealed.toString('base64url') !== text) return undefined
      const plain = openWithAny(ring, contextOf(purpose), sealed)
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

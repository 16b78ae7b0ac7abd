import { type KeyedHash, keyedHash } from './keyed-hash.ts'

/** The kinds of identifier a person can be found by; each has an index key of its own. */
export type IdentifierKind = string

/**
 * Finds a person again without keeping the identifier in clear: a keyed hash over its canonical form. Equal identifiers
 * of different kinds give unrelated values, and whoever holds the database but not the key cannot try addresses.
 */
export interface BlindIndex {
  /** 32 bytes. `canonical` must already be canonical: two spellings of one address must not reach this twice. */
  of(kind: IdentifierKind, canonical: string): Uint8Array
}

export function createBlindIndex(key: Uint8Array): BlindIndex {
  const derive = keyedHash(key)
  const perKind = new Map<IdentifierKind, KeyedHash>()
  const hashOf = (kind: IdentifierKind) => {
    const known = perKind.get(kind)
    if (known !== undefined) return known
    const made = keyedHash(derive(`blind-index|${kind}`))
    perKind.set(kind, made)
    return made
  }
  return { of: (kind, canonical) => hashOf(kind)(canonical) }
}

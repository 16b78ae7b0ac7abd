import { createHash, hkdfSync } from 'node:crypto'

/** What keys are for. A key made for one purpose is of no use for another (R70). */
export type KeyName =
  | 'cookies'
  | 'csrf'
  | 'blind-index'
  | 'pairwise'
  | 'otp'
  | 'pepper'
  | 'page-tokens'
  | 'sealed-tokens'
  | 'adapter'
  | 'rate-limits'
  | 'audit'
  | 'webhooks'
  | 'fake-credentials'
  | 'loyalty-codes'

export interface DerivedKey {
  /** Eight hex digits that name the key without telling it. */
  readonly id: string
  readonly bytes: Uint8Array
}

export interface DerivedKeys {
  /** The key of today: 32 bytes for each name, from the first secret. */
  current(name: KeyName): DerivedKey
  /** Today's key first, then those of the secrets being retired: accept all, make with the first. */
  all(name: KeyName): readonly [DerivedKey, ...DerivedKey[]]
  /**
   * The key of the oldest secret. For what cannot be rotated by waiting, because its results are stored as lookups or
   * identities: blind indexes and pairwise subjects stay on it until they are computed anew.
   */
  anchored(name: KeyName): DerivedKey
}

/**
 * HKDF-SHA-256 (RFC 5869) from a master secret of 32 bytes or more to one key per purpose. `version` is in the info
 * string, so that one purpose could be moved to new keys without touching the others.
 */
export function deriveKeys(secrets: readonly Uint8Array[], version = 1): DerivedKeys {
  const [newest, ...older] = secrets
  if (newest === undefined || secrets.some((secret) => secret.byteLength < 32)) {
    throw new Error('master secrets have 32 bytes or more')
  }
  const made = new Map<KeyName, readonly [DerivedKey, ...DerivedKey[]]>()
  const all = (name: KeyName): readonly [DerivedKey, ...DerivedKey[]] => {
    const known = made.get(name)
    if (known !== undefined) return known
    const keys = [
      derive(newest, name, version),
      ...older.map((secret) => derive(secret, name, version)),
    ] as const
    made.set(name, keys)
    return keys
  }
  return {
    all,
    current: (name) => all(name)[0],
    anchored: (name) => all(name).at(-1) ?? all(name)[0],
  }
}

function derive(secret: Uint8Array, name: KeyName, version: number): DerivedKey {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, 'placet', `${name}|v${version}`, 32))
  const id = createHash('sha256').update('placet key id').update(bytes).digest('hex').slice(0, 8)
  return { id, bytes }
}

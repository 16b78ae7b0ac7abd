import { createHmac } from 'node:crypto'
import type { DerivedKey } from '../platform/crypto/index.ts'
import { open, SealBroken, type SealingKey, seal, sealingKey } from '../platform/crypto/index.ts'

/**
 * Seals what a row holds, bound to its table and key, so that a payload copied to another row does not open. One AES-GCM
 * key is good for 2^32 random IVs; a busy house issues that many tokens in a year, so the key is split by the first byte
 * of the row's key into 256.
 */
export interface RowSeal {
  seal(table: string, row: string, value: unknown): Uint8Array
  /** The value, or undefined when it does not open here: a row that cannot be read counts as absent. */
  open(table: string, row: string, sealed: Uint8Array): unknown
}

/** `keys`: the first seals, all open. `row` is a hex hash or an opaque id; its first two characters choose the bucket. */
export function createRowSeal(keys: readonly [DerivedKey, ...DerivedKey[]]): RowSeal {
  const buckets = new Map<string, SealingKey>()
  const keyOf = (index: number, row: string): SealingKey => {
    const name = `${index}|${row.slice(0, 2)}`
    const known = buckets.get(name)
    if (known !== undefined) return known
    const secret = (keys[index] ?? keys[0]).bytes
    const made = sealingKey(
      createHmac('sha256', secret)
        .update(`row|${row.slice(0, 2)}`)
        .digest(),
    )
    // Two characters of a base64url id or a hex hash: at most 4096 a secret.
    buckets.set(name, made)
    return made
  }
  const placeOf = (table: string, row: string) => ({ table, column: 'payload', subjectId: '', row })
  return {
    seal: (table, row, value) =>
      seal(keyOf(0, row), placeOf(table, row), Buffer.from(JSON.stringify(value), 'utf8')),
    open(table, row, sealed) {
      for (let index = 0; index < keys.length; index += 1) {
        try {
          const plain = open(keyOf(index, row), placeOf(table, row), sealed)
          return JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('utf8'))
        } catch (error) {
          if (!(error instanceof SealBroken)) throw error
        }
      }
      return undefined
    },
  }
}

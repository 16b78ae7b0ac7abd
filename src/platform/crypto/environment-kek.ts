import type { Kek } from './kek.ts'
import { openUnder, SealBroken, sealingKey, sealUnder, usedKeyId } from './sealing.ts'

/**
 * Keys given by the operator, 32 bytes each. The first wraps; the others only unwrap, which is what rotation needs:
 * put the new key in front, re-wrap, take the old one out.
 */
export function environmentKek(keys: readonly Uint8Array[]): Kek {
  const ring = keys.map(sealingKey)
  const [current] = ring
  if (current === undefined) throw new Error('at least one key-encryption key is needed')
  return {
    id: current.id,
    wrap: async (plain, context) => sealUnder(current, `kek|${context}`, plain),
    unwrap: async (wrapped, context) => {
      const id = usedKeyId(wrapped)
      const key = ring.find((candidate) => candidate.id === id)
      if (key === undefined) throw new SealBroken()
      return openUnder(key, `kek|${context}`, wrapped)
    },
  }
}

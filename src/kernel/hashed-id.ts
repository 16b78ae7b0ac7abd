import { createHash } from 'node:crypto'
import type { Id } from './ids.ts'

/**
 * An id that follows from what it is of: a UUID of version 8 (RFC 9562, 5.8) over 122 bits of a SHA-256. The same parts are
 * the same id in every process, so what is told twice is one thing and nothing has to be remembered beside it.
 */
export function hashedId<Kind extends string>(parts: readonly [string, ...(string | number)[]]): Id<Kind> {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return groups.join('-') as Id<Kind>
}

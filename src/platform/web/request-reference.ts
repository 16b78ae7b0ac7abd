import { createHash } from 'node:crypto'

/** No vowels (no words), nothing that sounds or looks like another: it is read out on the telephone. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ23456789'

/** The speakable reference of a request, such as `7F3K-92QD`: short form of its id, shown on error pages and logged. */
export function speakableReference(requestId: string): string {
  const digest = createHash('sha256').update(requestId).digest()
  const letters = [...digest.subarray(0, 8)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

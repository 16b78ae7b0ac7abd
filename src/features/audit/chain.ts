import { createHash } from 'node:crypto'

/** One kept line: `hash` is SHA-256 over the previous hash (none for the first) and the UTF-8 bytes of `entry`. */
export interface ChainedEntry {
  readonly seq: number
  readonly entry: string
  readonly hash: Uint8Array
}

export type ChainVerdict =
  | { readonly intact: true; readonly length: number }
  | { readonly intact: false; readonly brokenAt: number; readonly why: 'gap' | 'changed' | 'truncated' }

/**
 * Checks a whole stream against its head: a changed byte, a missing or reordered line and a cut tail all show (R100).
 * Anyone with read access can run it; it needs no key.
 */
export function verifyChain(
  entries: readonly ChainedEntry[],
  head: { readonly seq: number; readonly hash: Uint8Array },
): ChainVerdict {
  let previous: Uint8Array = new Uint8Array()
  let expected = 1
  for (const { seq, entry, hash } of entries) {
    if (seq !== expected) return { intact: false, brokenAt: expected, why: 'gap' }
    const computed = createHash('sha256').update(previous).update(entry, 'utf8').digest()
    if (!computed.equals(hash)) return { intact: false, brokenAt: seq, why: 'changed' }
    previous = computed
    expected += 1
  }
  const complete = head.seq === expected - 1 && Buffer.from(previous).equals(head.hash)
  return complete
    ? { intact: true, length: head.seq }
    : { intact: false, brokenAt: expected, why: 'truncated' }
}

import type { Entropy } from '../../kernel/ids.ts'
import { secretHash } from '../../platform/crypto/index.ts'

/** 256 bits with a name in front, so that a leaked one is recognised by whoever scans for it. */
export function newClientSecret(entropy: Entropy): { readonly secret: string; readonly hash: Uint8Array } {
  const secret = `placet_cs_${Buffer.from(entropy.bytes(32)).toString('base64url')}`
  return { secret, hash: secretHash(secret) }
}

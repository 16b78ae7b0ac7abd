import { timingSafeEqual } from 'node:crypto'
import type { Configuration } from 'oidc-provider'
import type { KeyedHash } from '../platform/crypto/index.ts'

/** What the engine's cookie jar asks of whoever signs for it. */
type Signatures = Exclude<NonNullable<NonNullable<Configuration['cookies']>['keys']>, readonly unknown[]>

/**
 * Signs the engine's cookies: the first key signs, all verify. The jar's own signer takes keys as text and pays for that at
 * every cookie (see `keyedHash`), and uses SHA-1 where nobody says otherwise.
 */
export function cookieSignatures(keys: readonly [KeyedHash, ...KeyedHash[]]): Signatures {
  const index = (data: string, signature: string) => {
    const sent = Buffer.from(signature, 'base64url')
    return keys.findIndex((hash) => {
      const made = hash(data)
      return made.byteLength === sent.byteLength && timingSafeEqual(made, sent)
    })
  }
  return {
    sign: (data: string) => keys[0](data).toString('base64url'),
    index,
    verify: (data: string, signature: string) => index(data, signature) >= 0,
  }
}

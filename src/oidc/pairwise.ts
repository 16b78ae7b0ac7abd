import type { KeyedHash } from '../platform/crypto/index.ts'

/**
 * The `sub` a client that is not ours sees: the same for all clients of one sector, unrelated between sectors, and not
 * to be turned back without the key (OpenID Connect Core 8.1). The key must never change: it is the person's name there.
 */
export const pairwiseSubject = (hash: KeyedHash, sector: string, accountId: string): string =>
  hash(JSON.stringify([sector, accountId])).toString('base64url')

import { createHmac } from 'node:crypto'

/**
 * The `sub` a client that is not ours sees: the same for all clients of one sector, unrelated between sectors, and not
 * to be turned back without the key (OpenID Connect Core 8.1). The key must never change: it is the person's name there.
 */
export const pairwiseSubject = (key: Uint8Array, sector: string, accountId: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([sector, accountId]), 'utf8')
    .digest('base64url')

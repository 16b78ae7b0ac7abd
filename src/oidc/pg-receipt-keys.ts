import type { JWK } from 'jose'
import type { Knex } from 'knex'

/**
 * The public part of every key that ever signed for the house, or is about to. Keys leave the issuer's JWKS when tokens
 * signed by them are dead; receipts count for years longer, so theirs stay on this list for good.
 */
export async function keysOfReceipts(db: Knex): Promise<readonly JWK[]> {
  const rows: { public_jwk: JWK }[] = await db('signing_keys')
    .select('public_jwk')
    .whereIn('algorithm', ['ES256', 'EdDSA'])
    .orderBy(['created_at', 'kid'])
  return rows.map(({ public_jwk }) => public_jwk)
}

import type { Pool, PoolClient } from 'pg'
import type { KeyState, SigningKeyStore, StoredSigningKey } from '../platform/crypto/index.ts'

/** Hears that the keys changed; see keys.ts. */
export const signingKeysChannel = 'placet_signing_keys'

type Queries = Pick<Pool | PoolClient, 'query'>

export const signingKeyStore = (db: Queries): SigningKeyStore => ({
  async list() {
    const { rows } = await db.query<unknown[]>({
      text: `select kid, algorithm, state, created_at, since, public_jwk, wrapped_private_jwk, kek_id
               from signing_keys where state <> 'removed' order by created_at, kid`,
      rowMode: 'array',
    })
    return rows.map(
      ([kid, algorithm, state, createdAt, since, publicJwk, wrapped, kekId]) =>
        ({
          kid,
          algorithm,
          state,
          createdAt,
          since,
          publicJwk,
          wrappedPrivateJwk: wrapped,
          kekId,
        }) as StoredSigningKey,
    )
  },
  async insert(key) {
    await db.query(
      `insert into signing_keys
         (kid, algorithm, state, created_at, since, public_jwk, wrapped_private_jwk, kek_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        key.kid,
        key.algorithm,
        key.state,
        key.createdAt,
        key.since,
        JSON.stringify(key.publicJwk),
        key.wrappedPrivateJwk,
        key.kekId,
      ],
    )
  },
  async move(kid: string, from: KeyState, to: KeyState, at: Date) {
    const { rows } = await db.query(
      'update signing_keys set state = $3, since = $4 where kid = $1 and state = $2 returning 1',
      [kid, from, to, at],
    )
    return rows.length === 1
  },
})

/** One process rotates at a time; the others wait and then find nothing left to do. Told to all after the commit. */
export async function withRotationLock<Result>(
  pool: Pool,
  act: (store: SigningKeyStore) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('set local lock_timeout = 0; set local statement_timeout = 10000')
    await client.query("select pg_advisory_xact_lock(hashtext('placet.signing-keys'))")
    const result = await act(signingKeyStore(client))
    await client.query('commit')
    await client.query(`notify ${signingKeysChannel}`)
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

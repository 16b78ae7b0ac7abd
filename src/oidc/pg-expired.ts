import type { Pool } from 'pg'

/** Each deletes by index range in small bites, skipping what somebody holds; consumed rows stay until they expire. */
const sweeps = [
  ['oidc_tokens', 'id_hash', 'expires_at < now()'],
  ['oidc_grants', 'grant_id', 'expires_at < now()'],
  ['oidc_sessions', 'id_hash', `expires_on <= (now() at time zone 'UTC')::date and expires_at < now()`],
  ['oidc_interactions', 'id_hash', 'expires_at < now()'],
  ['oidc_pushed_requests', 'id_hash', 'expires_at < now()'],
  ['oidc_replays', 'id_hash', 'expires_at < now()'],
  ['oidc_device_flows', 'device_code_hash', 'expires_at < now()'],
  ['oidc_call_requests', 'auth_req_hash', 'expires_at < now()'],
  ['oidc_call_pings', 'ping_id', 'expires_at < now()'],
] as const

/** Deletes at most `limit` expired rows of each kind; answers how many went. */
export async function deleteExpired(pool: Pool, limit: number): Promise<number> {
  let gone = 0
  for (const [table, key, over] of sweeps) {
    const { rowCount } = await pool.query(
      `delete from ${table} where ${key} in (select ${key} from ${table} where ${over} limit $1 for update skip locked)`,
      [limit],
    )
    gone += rowCount ?? 0
  }
  return gone
}

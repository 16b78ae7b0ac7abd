import type { Pool } from 'pg'
import { commitStatement } from '../../platform/db/commit-statement.ts'
import type { Statement } from '../../platform/db/pipelined-reader.ts'

export interface DuePing {
  readonly pingId: string
  readonly clientId: string
  readonly particulars: Uint8Array
  /** This one included. */
  readonly attempts: number
  /** Its request is over: there is nothing left to fetch. */
  readonly tooLate: boolean
}

const take: Statement = {
  name: 'oidc_take_call_pings',
  text: `update oidc_call_pings n
            set attempts = n.attempts + 1,
                next_attempt_at = $2::timestamptz + make_interval(secs => least(60, power(2, least(n.attempts, 6))))
          where n.ping_id in (
            select ping_id from oidc_call_pings where next_attempt_at <= $2
             order by next_attempt_at limit $1 for update skip locked)
      returning n.ping_id, n.client_id, n.particulars, n.attempts, n.deadline_at <= $2`,
}

const drop: Statement = {
  name: 'oidc_drop_call_ping',
  text: 'delete from oidc_call_pings where ping_id = $1',
}

/** Not due any more, and still there to be looked at until it expires. */
const giveUp: Statement = {
  name: 'oidc_give_up_call_ping',
  text: `update oidc_call_pings set next_attempt_at = null, gave_up_at = $2 where ping_id = $1`,
}

/**
 * Takes due notifications for one attempt. The next attempt is fixed as they are taken (1 s, 2 s, 4 s … at most a minute),
 * so a crash in the middle repeats them and two workers never hold the same one.
 */
export async function takeDuePings(pool: Pool, limit: number, at: Date): Promise<readonly DuePing[]> {
  const rows = await commitStatement(pool, take, [limit, at])
  return rows.map(([pingId, clientId, particulars, attempts, tooLate]) => ({
    pingId: String(pingId),
    clientId: String(clientId),
    particulars: particulars as Uint8Array,
    attempts: Number(attempts),
    tooLate: tooLate === true,
  }))
}

export async function dropPing(pool: Pool, pingId: string): Promise<void> {
  await commitStatement(pool, drop, [pingId])
}

export async function giveUpPing(pool: Pool, pingId: string, at: Date): Promise<void> {
  await commitStatement(pool, giveUp, [pingId, at])
}

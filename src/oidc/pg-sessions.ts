import type { Pool } from 'pg'
import type { SubjectId } from '../kernel/ids.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'

export const readCurrentSession: Statement = {
  name: 'oidc_current_session',
  text: `
    select s.session_uid, s.payload
      from oidc_sessions s join subjects u on u.subject_id = s.subject_id and u.state = 'active'
     where s.id_hash = $1 and s.expires_at > now()`,
}

/** Newest row of each session: two requests at once may have left two. */
export const readSessions: Statement = {
  name: 'oidc_sessions_of',
  text: `
    select * from (
      select distinct on (s.session_uid) s.session_uid, s.device_label, s.started_at, s.seen_at, s.expires_at,
             array(select distinct g.client_id from oidc_grants g where g.session_uid = s.session_uid) as clients
        from oidc_sessions s
       where s.subject_id = $1 and s.expires_at > now()
       order by s.session_uid, s.seen_at desc) newest
     order by seen_at desc`,
}

export interface EndedSession {
  readonly uid: string
  readonly hash: string
  readonly payload: Uint8Array
}

export interface Notice {
  readonly noticeId: string
  readonly clientId: string
  readonly sid: string | null
}

/**
 * Ends sessions of a person with every grant and token that grew from them, and queues what their clients must be told,
 * in one transaction. `only` or `except` name a session; neither means all.
 */
export async function endSessions(
  pool: Pool,
  subjectId: SubjectId,
  which: { readonly only?: string; readonly except?: string },
  noticesFor: (ended: readonly EndedSession[]) => readonly Notice[],
): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const values = [subjectId, which.only ?? null, which.except ?? null]
    const chosen = `subject_id = $1 and ($2::text is null or session_uid = $2)
                    and ($3::text is null or session_uid is distinct from $3)`
    const { rows } = await client.query<{ uid: string; hash: string; payload: Buffer }>(
      `with g as (delete from oidc_grants where ${chosen}),
            t as (delete from oidc_tokens where ${chosen})
       delete from oidc_sessions where ${chosen}
       returning session_uid as uid, encode(id_hash, 'hex') as hash, payload`,
      values,
    )
    const notices = noticesFor(rows)
    if (notices.length > 0) {
      await client.query(
        `insert into oidc_logout_notices
           (notice_id, client_id, subject_id, sid, created_at, next_attempt_at, expires_at)
         select n.id, n.client, $1, n.sid, now(), now(), now() + interval '1 day'
           from unnest($2::uuid[], $3::text[], $4::text[]) as n(id, client, sid)`,
        [
          subjectId,
          notices.map((one) => one.noticeId),
          notices.map((one) => one.clientId),
          notices.map((one) => one.sid),
        ],
      )
    }
    await client.query('commit')
    return new Set(rows.map((row) => row.uid)).size
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

export async function forgetAuthorizations(pool: Pool, subjectId: SubjectId): Promise<void> {
  await pool.query('delete from oidc_authorizations where subject_id = $1', [subjectId])
}

import type { Pool } from 'pg'

export interface DueNotice {
  readonly noticeId: string
  readonly clientId: string
  readonly subjectId: string
  readonly sid: string | null
  readonly attempts: number
  readonly expired: boolean
}

/**
 * Takes due notices for one attempt. The next attempt is fixed as they are taken (5 s, 10 s, 20 s … at most an hour), so
 * a crash in the middle repeats them and two workers never hold the same one.
 */
export async function takeDueNotices(pool: Pool, limit: number): Promise<readonly DueNotice[]> {
  const { rows } = await pool.query<DueNotice>({
    name: 'oidc_take_notices',
    text: `update oidc_logout_notices n
              set attempts = n.attempts + 1,
                  next_attempt_at = now() + make_interval(secs => least(3600, 5 * power(2, least(n.attempts, 10))))
            where n.notice_id in (
              select notice_id from oidc_logout_notices where next_attempt_at <= now()
               order by next_attempt_at limit $1 for update skip locked)
        returning n.notice_id as "noticeId", n.client_id as "clientId", n.subject_id as "subjectId", n.sid, n.attempts,
                  n.expires_at <= now() as expired`,
    values: [limit],
  })
  return rows
}

export async function dropNotice(pool: Pool, noticeId: string): Promise<void> {
  await pool.query({
    name: 'oidc_drop_notice',
    text: 'delete from oidc_logout_notices where notice_id = $1',
    values: [noticeId],
  })
}

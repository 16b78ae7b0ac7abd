import type { Pool } from 'pg'
import { commitStatement } from '../platform/db/commit-statement.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'

export interface DueNotice {
  readonly noticeId: string
  readonly clientId: string
  readonly subjectId: string
  readonly sid: string | null
  readonly attempts: number
  readonly expired: boolean
}

const take: Statement = {
  name: 'oidc_take_notices',
  text: `update oidc_logout_notices n
            set attempts = n.attempts + 1,
                next_attempt_at = now() + make_interval(secs => least(3600, 5 * power(2, least(n.attempts, 10))))
          where n.notice_id in (
            select notice_id from oidc_logout_notices where next_attempt_at <= now()
             order by next_attempt_at limit $1 for update skip locked)
      returning n.notice_id, n.client_id, n.subject_id, n.sid, n.attempts, n.expires_at <= now()`,
}

const drop: Statement = {
  name: 'oidc_drop_notice',
  text: 'delete from oidc_logout_notices where notice_id = $1',
}

/**
 * Takes due notices for one attempt. The next attempt is fixed as they are taken (5 s, 10 s, 20 s … at most an hour), so
 * a crash in the middle repeats them and two workers never hold the same one.
 */
export async function takeDueNotices(pool: Pool, limit: number): Promise<readonly DueNotice[]> {
  const rows = await commitStatement(pool, take, [limit])
  return rows.map(([noticeId, clientId, subjectId, sid, attempts, expired]) => ({
    noticeId: String(noticeId),
    clientId: String(clientId),
    subjectId: String(subjectId),
    sid: typeof sid === 'string' ? sid : null,
    attempts: Number(attempts),
    expired: expired === true,
  }))
}

export async function dropNotice(pool: Pool, noticeId: string): Promise<void> {
  await commitStatement(pool, drop, [noticeId])
}

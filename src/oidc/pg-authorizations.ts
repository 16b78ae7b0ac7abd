import type { Pool } from 'pg'
import type { SubjectId } from '../kernel/ids.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'

export const readAuthorizations: Statement = {
  name: 'oidc_authorizations_of',
  text: 'select client_id, granted, granted_at from oidc_authorizations where subject_id = $1 order by client_id',
}

/** The client is out at once: what was allowed, its grants and its tokens go in one statement. */
export async function dropAuthorization(
  pool: Pool,
  subjectId: SubjectId,
  clientId: string,
): Promise<boolean> {
  const { rows } = await pool.query(
    `with a as (delete from oidc_authorizations where subject_id = $1 and client_id = $2 returning 1),
          g as (delete from oidc_grants where subject_id = $1 and client_id = $2 returning 1),
          t as (delete from oidc_tokens where subject_id = $1 and client_id = $2)
     select 1 from a union all select 1 from g`,
    [subjectId, clientId],
  )
  return rows.length > 0
}

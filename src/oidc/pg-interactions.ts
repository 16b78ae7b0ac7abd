import type { Pool } from 'pg'
import type { SubjectId } from '../kernel/ids.ts'
import { commitStatement } from '../platform/db/commit-statement.ts'
import { translateDatabaseError } from '../platform/db/pg-errors.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'

/** An open interaction with the session it was started in, which must still be there and be the same person's. */
export const readInteraction: Statement = {
  name: 'oidc_interaction',
  text: `
    select i.payload, i.session_uid, s.subject_id
      from oidc_interactions i
      left join lateral (
        select subject_id from oidc_sessions where session_uid = i.session_uid order by seen_at desc limit 1) s on true
     where i.id_hash = $1 and i.expires_at > now()`,
}

/**
 * Leaves an answer in the interaction, if it is open and was asking that ($4; null: any question may be broken off).
 * The subject is a column of its own so that the read of the next step can bring the person's state along.
 */
const answer: Statement = {
  name: 'oidc_interaction_answer',
  text: `
    update oidc_interactions set result = $2, result_subject_id = $3
     where id_hash = $1 and expires_at > now() and ($4::text is null or prompt = $4) returning 1`,
}

/** True when the answer was taken. */
export async function answerInteraction(
  pool: Pool,
  onRoundTrip: (name: string) => void,
  given: {
    readonly idHash: Uint8Array
    readonly result: Uint8Array
    readonly subjectId: SubjectId | null
    readonly prompt: string | null
  },
): Promise<boolean> {
  onRoundTrip(answer.name)
  const values = [given.idHash, given.result, given.subjectId, given.prompt]
  try {
    const rows = await commitStatement(pool, answer, values)
    return rows.length === 1
  } catch (error) {
    throw translateDatabaseError(error)
  }
}

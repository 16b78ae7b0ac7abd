import type { SubjectId } from '../../kernel/ids.ts'
import type { Statement } from '../../platform/db/pipelined-reader.ts'
import type { OidcReads } from '../pg-reads.ts'

/** A client that must not ask a person by telephone any more, because they said that it was not them. */
export interface CallBlock {
  readonly clientId: string
  readonly blockedAt: Date
}

const blocksOf: Statement = {
  name: 'oidc_call_blocks',
  text: 'select client_id, blocked_at from oidc_call_blocks where subject_id = $1 order by blocked_at',
}

export const readCallBlocks =
  (reads: OidcReads) =>
  async (subjectId: SubjectId): Promise<readonly CallBlock[]> =>
    (await reads.rows(blocksOf, [subjectId])).map(([clientId, blockedAt]) => ({
      clientId: String(clientId),
      blockedAt: blockedAt as Date,
    }))

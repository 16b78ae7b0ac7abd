import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Statement } from '../../platform/db/pipelined-reader.ts'
import type { OidcReads } from '../pg-reads.ts'
import type { CallBlock, CallBlockStores } from './lift-call-block.ts'

const blocksOf: Statement = {
  name: 'oidc_call_blocks',
  text: 'select client_id, blocked_at from oidc_call_blocks where subject_id = $1 order by blocked_at',
}

export const readCallBlocks =
  (reads: Pick<OidcReads, 'rows'>) =>
  async (subjectId: SubjectId): Promise<readonly CallBlock[]> =>
    (await reads.rows(blocksOf, [subjectId])).map(([clientId, blockedAt]) => ({
      clientId: String(clientId),
      blockedAt: blockedAt as Date,
    }))

export const pgCallBlockStores = (trx: Knex.Transaction): CallBlockStores => ({
  callBlocks: {
    lift: async (subjectId, clientId) =>
      (await trx('oidc_call_blocks').where({ subject_id: subjectId, client_id: clientId }).delete()) === 1,
  },
})

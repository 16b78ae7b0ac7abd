import type { Knex } from 'knex'
import type { EngineApproval } from './engine-approval.ts'

export async function keepEngineApproval(trx: Knex.Transaction, approval: EngineApproval): Promise<void> {
  const { subjectId, grantId, sessionRef } = approval
  const owner = { subject_id: subjectId, grant_id: grantId, session_uid: sessionRef ?? null }
  await trx('oidc_tokens')
    .where({ id_hash: Buffer.from(approval.codeHash) })
    .update({ ...owner, payload: Buffer.from(approval.sealedCode) })
  await trx('oidc_grants').insert({
    ...owner,
    client_id: approval.clientId,
    payload: Buffer.from(approval.sealedGrant),
    expires_at: approval.grantExpiresAt,
  })
}

/** Deletes what came of a yes. The code's own row stays, so that whoever asks on is told how it ended. */
export async function revokeEngineApproval(
  trx: Knex.Transaction,
  { codeHash, grantId }: { readonly codeHash: Uint8Array; readonly grantId: string | undefined },
): Promise<void> {
  if (grantId === undefined) return
  await trx('oidc_tokens')
    .where({ grant_id: grantId })
    .whereNot({ id_hash: Buffer.from(codeHash) })
    .delete()
  await trx('oidc_grants').where({ grant_id: grantId }).delete()
}

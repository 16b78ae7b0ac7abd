import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'

/** Everything that recording keeps of a person beside the ledger, as it stands in its tables; sealed cells are left out. */
export type RecordingExport = (subjectId: SubjectId) => Promise<Readonly<Record<string, readonly object[]>>>

const exported: Readonly<Record<string, readonly string[]>> = {
  purchases: ['purchase_id', 'controller_id', 'category', 'opt_out_offered', 'bought_at'],
  contracts: ['contract_id', 'controller_id', 'began_at', 'ended_at'],
  suppressions: ['contact_channel', 'contact_point', 'reason', 'source', 'recorded_at', 'lifted_at'],
  exclusion_check_history: [
    'list',
    'contact_channel',
    'contact_point',
    'checked_at',
    'listed',
    'effective_from',
    'revoked_at',
  ],
  consent_confirmations: [
    'event_id',
    'contact_channel',
    'contact_point',
    'requested_at',
    'expires_at',
    'sent_at',
    'reminded_at',
    'outcome',
  ],
  restriction_lift_notices: ['scope', 'announced_at', 'told_at', 'told_by', 'lifted_at'],
  guardianships: ['guardian_id', 'grade', 'verified_at', 'ended_at'],
  guardian_invitations: ['invited_at', 'expires_at', 'sent_at', 'answered_at'],
}

export const pgRecordingExport =
  (lane: Knex): RecordingExport =>
  async (subjectId) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(exported).map(async ([table, columns]) => [
          table,
          await lane(table).where({ subject_id: subjectId }).select(columns),
        ]),
      ),
    )

import type { Knex } from 'knex'
import { conflict } from '../../../kernel/errors.ts'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'

/**
 * Deletes what was kept of one act and leaves a tombstone at its place in the log, which stays as it is: the log still
 * verifies, and nobody can tell any more whose act it was. The application's role may not do this; erasure runs under
 * one that may. An act that still waits for its place gets it first, so that no fact can vanish on its way into the log.
 */
export async function eraseEvidence(
  trx: Knex.Transaction,
  act: { readonly subjectId: SubjectId; readonly eventId: ConsentEventId },
  erased: { readonly at: Date; readonly reason: string },
): Promise<void> {
  const row = { subject_id: act.subjectId, event_id: act.eventId }
  const place: { seq: string | null } | undefined = await trx('consent_log_places')
    .first('seq')
    .where(row)
    .forUpdate()
  if (place === undefined) return
  if (place.seq === null) throw conflict('ledger-behind', 'This act has no place in the log yet. Try again.')
  await trx('consent_log_tombstones').insert({ seq: place.seq, erased_at: erased.at, reason: erased.reason })
  await trx('consent_log_places').delete().where(row)
  await trx('consent_events').delete().where(row)
}

import type { Knex } from 'knex'
import { conflict, refused } from '../../../kernel/errors.ts'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import { holdPerson, moveOn, moveOthersOn } from '../merging/pg-person.ts'
import { type EvidenceErasure, evidenceErased } from './erase-evidence.ts'

/**
 * Deletes what was kept of one act and leaves a tombstone at its place in the log, which stays as it is: the log still
 * verifies, and nobody can tell any more whose act it was. The application's role may not do this; erasure runs under
 * one that may. An act that still waits for its place gets it first, so that no fact can vanish on its way into the log.
 */
async function eraseAct(
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

const mayErase = `
  select has_table_privilege('consent_events', 'delete') and has_table_privilege('consent_log_places', 'delete') as may`

const inUse = (state: string): boolean => state !== 'blocked' && state !== 'erased'

export const pgEvidenceErasure = (trx: Knex.Transaction): EvidenceErasure => ({
  hold: async (subjectId) => {
    const { rows } = await trx.raw(mayErase)
    if (rows[0].may !== true) throw refused('evidence-role', 'The role of the service erases no evidence.')
    await holdPerson(trx, subjectId)
    const own: { state: string } | undefined = await trx('subjects')
      .where({ subject_id: subjectId })
      .forNoKeyUpdate()
      .first('state')
    if (own === undefined) return undefined
    // Read only now: while this waited for the account, another may have been linked to it.
    const others: readonly { state: string }[] = await trx('subjects')
      .whereIn(
        'subject_id',
        trx('subject_clusters').where({ subject_id: subjectId }).select(trx.raw('unnest(members)')),
      )
      .whereNot({ subject_id: subjectId })
      .orderBy('subject_id')
      .forNoKeyUpdate()
      .select('state')
    return { inUse: inUse(own.state), linkedInUse: others.some(({ state }) => inUse(state)) }
  },
  actsOf: (subjectId) =>
    trx('consent_events').where({ subject_id: subjectId }).orderBy('event_id').pluck('event_id'),
  erase: (act, erased) => eraseAct(trx, act, erased),
  outdate: async (subjectId, at) => {
    await moveOn(trx, subjectId, at, evidenceErased)
    await moveOthersOn(trx, subjectId, at)
  },
})

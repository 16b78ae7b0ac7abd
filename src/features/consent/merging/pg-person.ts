import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'

const others = (trx: Knex, subjectId: SubjectId) =>
  trx('subject_clusters').where({ subject_id: subjectId }).select(trx.raw('unnest(members)'))

/** Holds all accounts of a person, in the order of their ids, as every unit over several does; true when there are several. */
export async function holdPerson(trx: Knex, subjectId: SubjectId): Promise<boolean> {
  const held = await trx('subjects')
    .whereIn('subject_id', others(trx, subjectId))
    .orderBy('subject_id')
    .forNoKeyUpdate()
    .select('subject_id')
  return held.length > 0
}

/** What was decided of this account so far runs out, and nobody keeps what they are deciding of it now. */
export async function moveOn(trx: Knex, subjectId: SubjectId, at: Date): Promise<void> {
  await trx('subjects').where({ subject_id: subjectId }).increment('consent_epoch', 1)
  await trx('permissions').where({ subject_id: subjectId }).update({ valid_until: at })
}

/**
 * A fact about one account speaks for the person's others. Their epochs move on, so that nobody keeps what they decided
 * without it; and the answers kept for them run out at once: no answer means no until the next round of re-deciding.
 */
export async function moveOthersOn(trx: Knex, subjectId: SubjectId, at: Date): Promise<void> {
  await trx('subjects')
    .whereIn('subject_id', others(trx, subjectId))
    .whereNot({ subject_id: subjectId })
    .increment('consent_epoch', 1)
  await trx('permissions')
    .whereIn('subject_id', others(trx, subjectId))
    .whereNot({ subject_id: subjectId })
    .update({ valid_until: at })
}

import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { OutdatedAccount } from './person-store.ts'

const others = (trx: Knex, subjectId: SubjectId) =>
  trx('subject_clusters').where({ subject_id: subjectId }).select(trx.raw('unnest(members)'))

/** One note a transaction: the stores of a unit are many, and what any of them outdates is decided again at its end. */
const notes = new WeakMap<Knex, Map<SubjectId, OutdatedAccount>>()

/** Why kept answers are decided again, as their message tells it. */
const linkedAccountChanged = 'consent.linked-account-changed'
export const personChanged = 'consent.person-changed'

function note(trx: Knex, subjects: readonly SubjectId[], because: string): void {
  const noted = notes.get(trx) ?? new Map<SubjectId, OutdatedAccount>()
  notes.set(trx, noted)
  for (const subjectId of subjects) noted.set(subjectId, { subjectId, because })
}

/** Whom this unit outdated so far; asked once, it is forgotten. */
export function takeNoted(trx: Knex): readonly OutdatedAccount[] {
  const noted = [...(notes.get(trx)?.values() ?? [])]
  notes.delete(trx)
  return noted
}

/** By whom each of these accounts is named as a person; left out are accounts that are nobody else's. */
export async function personsOf(
  trx: Knex,
  subjects: readonly SubjectId[],
): Promise<ReadonlyMap<SubjectId, SubjectId>> {
  if (subjects.length === 0) return new Map()
  const rows: readonly { subject_id: SubjectId; canonical_subject_id: SubjectId }[] = await trx(
    'subject_clusters',
  )
    .whereIn('subject_id', [...subjects])
    .select('subject_id', 'canonical_subject_id')
  return new Map(rows.map((row) => [row.subject_id, row.canonical_subject_id]))
}

/** Notes the others of these people, whose epochs and kept answers the statement of an act has moved on already. */
export async function noteOthers(trx: Knex, subjects: readonly SubjectId[]): Promise<void> {
  if (subjects.length === 0) return
  const rows: readonly { subject_id: SubjectId; members: readonly SubjectId[] }[] = await trx(
    'subject_clusters',
  )
    .whereIn('subject_id', [...subjects])
    .select('subject_id', 'members')
  for (const { subject_id: own, members } of rows)
    note(
      trx,
      members.filter((member) => member !== own),
      linkedAccountChanged,
    )
}

/** Holds all accounts of a person, in the order of their ids, as every unit over several does; true when there are several. */
export async function holdPerson(trx: Knex, subjectId: SubjectId): Promise<boolean> {
  const held = await trx('subjects')
    .whereIn('subject_id', others(trx, subjectId))
    .orderBy('subject_id')
    .forNoKeyUpdate()
    .select('subject_id')
  return held.length > 0
}

/**
 * What was decided of this account so far runs out, and nobody keeps what they are deciding of it now. It is decided again
 * before the unit ends; somebody of whom nothing was decided yet, as while registering, costs nothing more.
 */
export async function moveOn(trx: Knex, subjectId: SubjectId, at: Date, because: string): Promise<void> {
  await trx('subjects').where({ subject_id: subjectId }).increment('consent_epoch', 1)
  const ranOut = await trx('permissions').where({ subject_id: subjectId }).update({ valid_until: at })
  if (ranOut > 0) note(trx, [subjectId], because)
}

/** The same for several accounts that the caller holds; they are decided again before the unit ends. */
export async function moveAllOn(
  trx: Knex,
  subjects: readonly SubjectId[],
  at: Date,
  because: string,
): Promise<void> {
  if (subjects.length === 0) return
  await trx('subjects')
    .whereIn('subject_id', [...subjects])
    .increment('consent_epoch', 1)
  await trx('permissions')
    .whereIn('subject_id', [...subjects])
    .update({ valid_until: at })
  note(trx, subjects, because)
}

/**
 * A fact about one account speaks for the person's others. Their epochs move on, so that nobody keeps what they decided
 * without it; they are decided again before the unit ends, and what nobody decides again has run out: no answer means no.
 */
export async function moveOthersOn(trx: Knex, subjectId: SubjectId, at: Date): Promise<void> {
  const found: readonly { subject_id: SubjectId }[] = await trx('subjects')
    .whereIn('subject_id', others(trx, subjectId))
    .whereNot({ subject_id: subjectId })
    .select('subject_id')
  await moveAllOn(
    trx,
    found.map((row) => row.subject_id),
    at,
    linkedAccountChanged,
  )
}

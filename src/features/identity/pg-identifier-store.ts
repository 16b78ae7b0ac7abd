import type { Knex } from 'knex'
import type { IdentifierId, SubjectId } from '../../kernel/ids.ts'
import { isForeignKeyViolation } from '../../platform/db/pg-errors.ts'
import type { IdentifierKind } from './identifier.ts'
import type { FormerIdentifier, IdentifierStore, StoredIdentifier } from './identifier-store.ts'

class Stays extends Error {}

interface Row {
  subject_id: SubjectId
  identifier_id: IdentifierId
  kind: IdentifierKind
  sealed_value: Buffer
  verified_at: Date | null
  created_at: Date
}

const read = (row: Row): StoredIdentifier => ({
  subjectId: row.subject_id,
  identifierId: row.identifier_id,
  kind: row.kind,
  sealedValue: row.sealed_value,
  verifiedAt: row.verified_at ?? undefined,
  createdAt: row.created_at,
})

/** A card is read by whoever holds it, and so proves no account. */
const hasAccount = (subject: string): string => `(
  exists (select from identifiers a where a.subject_id = ${subject} and a.verified_at is not null and a.kind <> 'loyalty_card')
  or exists (select from passkeys p where p.subject_id = ${subject})
  or exists (select from passwords w where w.subject_id = ${subject}))`

export const pgIdentifierStore = (db: Knex): IdentifierStore => ({
  findSubject: async (index) => {
    const row = await db<{ blind_index: Buffer; subject_id: SubjectId }>('identifier_lookups')
      .first('subject_id')
      .where({ blind_index: Buffer.from(index) })
    return row?.subject_id
  },
  findAccount: async (index) => {
    const row = await db<{ blind_index: Buffer; subject_id: SubjectId }>('identifier_lookups as l')
      .first('l.subject_id')
      .where('l.blind_index', Buffer.from(index))
      .whereRaw(hasAccount('l.subject_id'))
    return row?.subject_id
  },
  findUnproven: async (index) => {
    const row: { subject_id: SubjectId; identifier_id: IdentifierId } | undefined = await db(
      'identifier_lookups as l',
    )
      .join('identifiers as i', (on) =>
        on.on('i.subject_id', 'l.subject_id').on('i.identifier_id', 'l.identifier_id'),
      )
      .join('subjects as s', 's.subject_id', 'l.subject_id')
      .first('l.subject_id', 'l.identifier_id')
      .where({ 'l.blind_index': Buffer.from(index), 's.state': 'active' })
      .whereNull('i.verified_at')
      .whereRaw(`not ${hasAccount('l.subject_id')}`)
    return row && { subjectId: row.subject_id, identifierId: row.identifier_id }
  },
  list: async (subjectId) => {
    const rows = await db<Row>('identifiers')
      .select('*')
      .where({ subject_id: subjectId })
      .orderBy('created_at')
    return rows.map(read)
  },
  provenOf: async (subjects) =>
    (
      await db<Row>('identifiers as i')
        .join('subjects as s', 's.subject_id', 'i.subject_id')
        .select<Row[]>('i.*')
        .whereIn('i.subject_id', [...subjects])
        .whereNotNull('i.verified_at')
        .whereNot('s.state', 'erased')
        .orderBy('i.created_at')
    ).map(read),
  former: (subjectId) =>
    db('former_identifiers')
      .where({ subject_id: subjectId })
      .orderBy('created_at')
      .select<FormerIdentifier[]>('kind', 'created_at as createdAt', 'removed_at as removedAt'),
  claim: async (index, { kind, subjectId, identifierId }) => {
    const claimed = await db('identifier_lookups')
      .insert({
        blind_index: Buffer.from(index),
        kind,
        subject_id: subjectId,
        identifier_id: identifierId,
      })
      .onConflict('blind_index')
      .ignore()
      .returning('subject_id')
    return claimed.length === 1
  },
  insert: async (identifier) => {
    await db('identifiers').insert({
      subject_id: identifier.subjectId,
      identifier_id: identifier.identifierId,
      kind: identifier.kind,
      sealed_value: Buffer.from(identifier.sealedValue),
      verified_at: identifier.verifiedAt ?? null,
      created_at: identifier.createdAt,
    })
  },
  prove: async (subjectId, identifierId, at) => {
    // The subject's row is locked first, so that proving two addresses of one subject at once begins one account.
    const [open] = await db('subjects')
      .where({ subject_id: subjectId, state: 'active' })
      .forUpdate()
      .select('subject_id')
    if (open === undefined) return false
    const proven = await db('identifiers as i')
      .where({ 'i.subject_id': subjectId, 'i.identifier_id': identifierId })
      .whereNull('i.verified_at')
      .whereRaw(`not ${hasAccount('i.subject_id')}`)
      .update({ verified_at: at })
    return proven === 1
  },
  removeUnproven: async (subjectId, identifierId, index, at) => {
    const of = (table: string) => db(table).where({ subject_id: subjectId })
    const [removed] = await of('identifiers')
      .where({ identifier_id: identifierId })
      .whereNull('verified_at')
      .whereNotExists(of('identifiers').whereNotNull('verified_at'))
      .whereNotExists(of('passkeys'))
      .whereNotExists(of('passwords'))
      .delete(['kind', 'created_at'])
    if (removed === undefined) return false
    await db('former_identifiers').insert({
      subject_id: subjectId,
      identifier_id: identifierId,
      kind: removed.kind,
      created_at: removed.created_at,
      removed_at: at,
    })
    if (index !== undefined) {
      await db('identifier_lookups')
        .where({ blind_index: Buffer.from(index), subject_id: subjectId, identifier_id: identifierId })
        .delete()
    }
    return true
  }, // Every table that tells of a person references them, so the database itself knows whether anything is left.
  removePerson: async (subjectId, identifierId, index) => {
    try {
      await db.transaction(async (inner) => {
        const removed = await inner('identifiers')
          .where({ subject_id: subjectId, identifier_id: identifierId })
          .whereNull('verified_at')
          .delete()
        if (removed !== 1) throw new Stays()
        if (index !== undefined) {
          await inner('identifier_lookups')
            .where({ blind_index: Buffer.from(index), subject_id: subjectId, identifier_id: identifierId })
            .delete()
        }
        await inner('subject_keys').where({ subject_id: subjectId }).delete()
        await inner('subjects').where({ subject_id: subjectId }).delete()
      })
      return true
    } catch (error) {
      if (error instanceof Stays || isForeignKeyViolation(error)) return false
      throw error
    }
  },
})

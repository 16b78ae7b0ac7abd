import type { Knex } from 'knex'
import type { IdentifierId, SubjectId } from '../../kernel/ids.ts'
import type { IdentifierKind } from './identifier.ts'
import type { FormerIdentifier, IdentifierStore } from './identifier-store.ts'

interface Row {
  subject_id: SubjectId
  identifier_id: IdentifierId
  kind: IdentifierKind
  sealed_value: Buffer
  verified_at: Date | null
  created_at: Date
}

export const pgIdentifierStore = (db: Knex): IdentifierStore => ({
  findSubject: async (index) => {
    const row = await db<{ blind_index: Buffer; subject_id: SubjectId }>('identifier_lookups')
      .first('subject_id')
      .where({ blind_index: Buffer.from(index) })
    return row?.subject_id
  },
  list: async (subjectId) => {
    const rows = await db<Row>('identifiers')
      .select('*')
      .where({ subject_id: subjectId })
      .orderBy('created_at')
    return rows.map((row) => ({
      subjectId: row.subject_id,
      identifierId: row.identifier_id,
      kind: row.kind,
      sealedValue: row.sealed_value,
      verifiedAt: row.verified_at ?? undefined,
      createdAt: row.created_at,
    }))
  },
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
  },
})

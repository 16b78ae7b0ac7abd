import type { Knex } from 'knex'
import type { AssertionId, SubjectId } from '../../kernel/ids.ts'
import type { AssertionReads, AssertionStore, Provenance, StoredAssertion } from './assertion-store.ts'

interface Row {
  subject_id: SubjectId
  attribute_id: string
  assertion_id: AssertionId
  provenance: Provenance
  source: string
  sealed_value: Buffer
  asserted_at: Date
  superseded_at: Date | null
}

const read = (row: Row): StoredAssertion => ({
  subjectId: row.subject_id,
  attributeId: row.attribute_id,
  assertionId: row.assertion_id,
  provenance: row.provenance,
  source: row.source,
  sealedValue: row.sealed_value,
  assertedAt: row.asserted_at,
  supersededAt: row.superseded_at ?? undefined,
})

export const pgAssertionReads = (db: Knex): AssertionReads => ({
  current: async (subjectId) => {
    const { rows } = await db.raw<{ rows: Row[] }>(
      `select distinct on (attribute_id) * from assertions
        where subject_id = ? and superseded_at is null
        order by attribute_id, asserted_at desc, assertion_id desc`,
      [subjectId],
    )
    return rows.map(read)
  },
  history: async (subjectId) =>
    (
      await db<Row>('assertions')
        .select('*')
        .where({ subject_id: subjectId })
        .orderBy(['asserted_at', 'assertion_id'])
    ).map(read),
})

export const pgAssertionStore = (db: Knex): AssertionStore => ({
  ...pgAssertionReads(db),
  append: async (assertion) => {
    await db('assertions').insert({
      subject_id: assertion.subjectId,
      attribute_id: assertion.attributeId,
      assertion_id: assertion.assertionId,
      provenance: assertion.provenance,
      source: assertion.source,
      sealed_value: Buffer.from(assertion.sealedValue),
      asserted_at: assertion.assertedAt,
    })
  },
  supersede: async (subjectId, attributeId, at) => {
    await db('assertions')
      .where({ subject_id: subjectId, attribute_id: attributeId })
      .whereNull('superseded_at')
      .update({ superseded_at: at })
  },
})

import type { Knex } from 'knex'
import { type Attribute, type LocalizedText, type Sensitivity, valueSchemaShape } from './attribute.ts'
import type { AttributeReads } from './attribute-catalogue.ts'

interface Row {
  attribute_id: string
  claim: string
  value_schema: unknown
  labels: LocalizedText
  reasons: LocalizedText
  sensitivity: Sensitivity
  retention: string
  position: number
}

export const pgAttributeReads = (db: Knex): AttributeReads => ({
  all: async () => {
    const rows = await db<Row>('attributes').select('*').orderBy(['position', 'attribute_id'])
    return rows.map(
      (row): Attribute => ({
        attributeId: row.attribute_id,
        claim: row.claim,
        valueSchema: valueSchemaShape.parse(row.value_schema),
        labels: row.labels,
        reasons: row.reasons,
        sensitivity: row.sensitivity,
        retention: row.retention,
        position: row.position,
      }),
    )
  },
})

/** Adds an entry to the catalogue, or brings it up to date; for seeds and configuration as code. */
export async function putAttribute(db: Knex, attribute: Attribute): Promise<void> {
  const { attributeId, claim, sensitivity, retention, position } = attribute
  await db('attributes')
    .insert({
      attribute_id: attributeId,
      claim,
      value_schema: JSON.stringify(valueSchemaShape.parse(attribute.valueSchema)),
      labels: JSON.stringify(attribute.labels),
      reasons: JSON.stringify(attribute.reasons),
      sensitivity,
      retention,
      position,
    })
    .onConflict('attribute_id')
    .merge()
}

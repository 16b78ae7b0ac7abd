import { nilUuid } from '../../../kernel/ids.ts'
import type { KeyDecision } from '../key-decision.ts'
import type { PermissionKey } from '../permission-key.ts'
import { noCategory } from '../similar-products.ts'

/**
 * What is kept of a decision, beside whose it is and when it was made; as JSON, and as the columns of a row. One without a
 * contact point has the nil UUID there, and one without a category `*`, since a key has no nulls.
 */
export const keptDecision = ({ key, validUntil, ...permission }: KeyDecision) => ({
  controller_id: key.controller,
  brand_id: key.brand,
  purpose_id: key.purpose,
  contact_channel: key.contactChannel,
  contact_point: key.contactPoint ?? nilUuid,
  campaign_category: key.campaignCategory ?? noCategory,
  decision: permission.decision,
  attributes: permission.attributes,
  reconsent_min: permission.reconsentMin,
  reason: permission.reason,
  basis: permission.basis,
  evidence_event_id: permission.evidenceEvent ?? null,
  valid_until: validUntil === null ? null : new Date(validUntil),
})

export const permissionRow = (subjectId: string, at: Date, permission: KeyDecision) => ({
  subject_id: subjectId,
  ...keptDecision(permission),
  decided_at: at,
})

/** The category as a part of a key, from its column. */
export const categoryIn = (column: string): Pick<PermissionKey, 'campaignCategory'> =>
  column === noCategory ? {} : { campaignCategory: column }

/** The type of each, for statements that take decisions as JSON; the compiler holds it to `keptDecision`. */
const columnTypes = {
  controller_id: 'text',
  brand_id: 'text',
  purpose_id: 'text',
  contact_channel: 'text',
  contact_point: 'uuid',
  campaign_category: 'text',
  decision: 'text',
  attributes: 'text[]',
  reconsent_min: 'integer',
  reason: 'text',
  basis: 'text',
  evidence_event_id: 'uuid',
  valid_until: 'timestamptz',
} as const satisfies Readonly<Record<keyof ReturnType<typeof keptDecision>, string>>

/** The key of the table, on which a newer decision replaces the one before. */
export const permissionKeyColumns = [
  'subject_id',
  'controller_id',
  'brand_id',
  'purpose_id',
  'contact_channel',
  'contact_point',
  'campaign_category',
]

const kept = Object.keys(columnTypes)

/** The same columns as pieces of a statement whose relation of decisions is `p`. */
export const permissionSql = {
  columns: kept.join(', '),
  values: kept.map((name) => `p.${name}`).join(', '),
  record: `p(${Object.entries(columnTypes)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`,
  key: permissionKeyColumns.join(', '),
  replaced: [...kept.filter((name) => !permissionKeyColumns.includes(name)), 'decided_at']
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
}

import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { Contract, Purchase, SuppressionFacts } from '../facts.ts'

const nil = '00000000-0000-0000-0000-000000000000'
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`

/**
 * One column with everything outside the ledger that a decision rests on, for statements that start from `subjects s`: it
 * belongs to the same read, hence to the same moment, as the ledger itself.
 */
export const circumstancesColumn = `json_build_array(
    (select json_agg(json_build_array(b.purchase_id, b.controller_id, b.category, b.opt_out_offered, b.contact_point,
        ${ms('b.bought_at')})) from purchases b where b.subject_id = s.subject_id),
    (select json_agg(json_build_array(c.contract_id, c.controller_id, ${ms('c.began_at')}, ${ms('c.ended_at')}))
       from contracts c where c.subject_id = s.subject_id),
    (select json_agg(json_build_array(x.contact_channel, x.reason, x.contact_point))
       from suppressions x where x.subject_id = s.subject_id and x.lifted_at is null),
    (select json_agg(json_build_array(l.list, l.contact_channel, l.contact_point, ${ms('l.checked_at')}, l.listed,
        ${ms('l.effective_from')})) from exclusion_checks l where l.subject_id = s.subject_id))`

type Maybe<Value> = Value | null
type PurchaseRow = readonly [string, string, string, boolean, Maybe<string>, number]
type ContractRow = readonly [string, string, number, Maybe<number>]
type SuppressionRow = readonly [ContactChannel | '*', string, Maybe<string>]
type CheckRow = readonly [string, ContactChannel, string, number, boolean, Maybe<number>]

/** Mirrors `circumstancesColumn`. */
export type CircumstancesRow = readonly [
  Maybe<readonly PurchaseRow[]>,
  Maybe<readonly ContractRow[]>,
  Maybe<readonly SuppressionRow[]>,
  Maybe<readonly CheckRow[]>,
]

export interface Circumstances {
  readonly purchases: readonly Purchase[]
  readonly contracts: readonly Contract[]
  readonly suppression: SuppressionFacts
}

const pointOf = (point: Maybe<string>): string | undefined =>
  point === null || point === nil ? undefined : point

export function circumstancesFrom([sales, contracts, internal, checks]: CircumstancesRow): Circumstances {
  return {
    purchases: (sales ?? []).map(([id, controller, category, optOutOffered, point, at]) => ({
      id,
      controller,
      category,
      optOutOffered,
      contactPoint: pointOf(point),
      at,
    })),
    contracts: (contracts ?? []).map(([id, controller, at, closedAt]) => ({
      id,
      controller,
      at,
      closedAt: closedAt ?? undefined,
    })),
    suppression: {
      internal: (internal ?? []).map(([contactChannel, reason, point]) => ({
        contactChannel,
        reason,
        contactPoint: pointOf(point),
      })),
      listings: (checks ?? []).flatMap(([list, contactChannel, point, , listed, effectiveFrom]) =>
        listed
          ? [{ list, contactChannel, contactPoint: point, effectiveFrom: effectiveFrom ?? undefined }]
          : [],
      ),
      checks: (checks ?? []).map(([list, contactChannel, contactPoint, at]) => ({
        list,
        contactChannel,
        contactPoint,
        at,
      })),
    },
  }
}

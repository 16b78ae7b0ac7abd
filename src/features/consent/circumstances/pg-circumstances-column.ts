import type { ContactChannel } from '../../../kernel/evidence.ts'
import { nilUuid } from '../../../kernel/ids.ts'
import type {
  Contract,
  InternalSuppression,
  LiftedSuppression,
  Purchase,
  SuppressionFacts,
} from '../facts.ts'

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`

/**
 * One column with everything outside the ledger that a decision rests on, for statements that start from `subjects s`: it
 * belongs to the same read, hence to the same moment, as the ledger itself. `checks` names where the latest answers of
 * exclusion lists are found.
 */
export const circumstancesColumn = (checks = 'exclusion_checks'): string => `json_build_array(
    (select json_agg(json_build_array(b.purchase_id, b.controller_id, b.category, b.opt_out_offered, b.contact_point,
        ${ms('b.bought_at')}, ${ms('b.recorded_at')})) from purchases b where b.subject_id = s.subject_id),
    (select json_agg(json_build_array(c.contract_id, c.controller_id, ${ms('c.began_at')}, ${ms('c.ended_at')},
        ${ms('c.recorded_at')}))
       from contracts c where c.subject_id = s.subject_id),
    (select json_agg(json_build_array(x.contact_channel, x.reason, x.contact_point, ${ms('x.recorded_at')},
        ${ms('x.lifted_at')})) from suppressions x where x.subject_id = s.subject_id),
    (select json_agg(json_build_array(l.list, l.contact_channel, l.contact_point, ${ms('l.checked_at')}, l.listed,
        ${ms('l.effective_from')})) from ${checks} l where l.subject_id = s.subject_id))`

type Maybe<Value> = Value | null
type PurchaseRow = readonly [string, string, string, boolean, Maybe<string>, number, number]
type ContractRow = readonly [string, string, number, Maybe<number>, number]
type SuppressionRow = readonly [ContactChannel | '*', string, Maybe<string>, number, Maybe<number>]
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
  point === null || point === nilUuid ? undefined : point

function suppressionsFrom(rows: readonly SuppressionRow[]): Pick<SuppressionFacts, 'internal' | 'lifted'> {
  const internal: InternalSuppression[] = []
  const lifted: LiftedSuppression[] = []
  for (const [contactChannel, reason, point, recordedAt, liftedAt] of rows) {
    const entry = { contactChannel, reason, contactPoint: pointOf(point), recordedAt }
    if (liftedAt === null) internal.push(entry)
    else lifted.push({ ...entry, liftedAt })
  }
  return lifted.length === 0 ? { internal } : { internal, lifted }
}

export function circumstancesFrom([sales, contracts, internal, checks]: CircumstancesRow): Circumstances {
  return {
    purchases: (sales ?? []).map(([id, controller, category, optOutOffered, point, at, recordedAt]) => ({
      id,
      controller,
      category,
      optOutOffered,
      contactPoint: pointOf(point),
      at,
      recordedAt,
    })),
    contracts: (contracts ?? []).map(([id, controller, at, closedAt, recordedAt]) => ({
      id,
      controller,
      at,
      recordedAt,
      closedAt: closedAt ?? undefined,
    })),
    suppression: {
      ...suppressionsFrom(internal ?? []),
      listings: (checks ?? []).flatMap(
        ([list, contactChannel, contactPoint, checkedAt, listed, effective]) =>
          listed
            ? [{ list, contactChannel, contactPoint, checkedAt, effectiveFrom: effective ?? undefined }]
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

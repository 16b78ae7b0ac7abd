import type { Instant } from '../calendar.ts'
import { hasContactPoints } from '../contact-points.ts'
import type { SuppressionFacts } from '../facts.ts'
import type { PermissionKey } from '../permission-key.ts'
import type { LegalBasis } from '../purpose.ts'
import type { DenyReason } from '../reason.ts'
import type { RulePack } from '../rule-pack.ts'
import type { Matter } from './matter.ts'

/** A consultation serves for thirty days, the thirtieth included. */
const checkServes = 30 * 86_400_000

/**
 * What the public exclusion lists say against a basis that is not consent (LOPDGDD art. 23.4): listed, or not consulted
 * recently enough to know. Undefined when they stand in nobody's way.
 *
 * Lists know people by addresses and numbers. Of a channel without them, such as post, nothing can be asked: it goes by what
 * each list last said of the person on any channel, and a listing on any of them stops it.
 */
export function exclusionFrom(
  basis: LegalBasis,
  { key, pack, facts, watch }: Matter,
): DenyReason | undefined {
  if (pack.exclusionLists.length === 0 || !pack.exclusionListsBlock.includes(basis)) return undefined
  const { listings, checks } = facts.suppression
  const byAnyChannel = checks !== undefined && !hasContactPoints(key.contactChannel)
  const listed = listings.some(
    (entry) =>
      pack.exclusionLists.includes(entry.list) &&
      (entry.contactChannel === '*' || entry.contactChannel === key.contactChannel || byAnyChannel) &&
      (entry.contactPoint === undefined ||
        key.contactPoint === undefined ||
        entry.contactPoint === key.contactPoint) &&
      (pack.honourListingsEarly || entry.effectiveFrom === undefined || watch.reached(entry.effectiveFrom)),
  )
  if (listed) return 'SUPPRESSED_EXTERNAL_LIST'
  const checkedAt = lastConsulted(key, pack, facts.suppression)
  const fresh = checkedAt !== undefined && !watch.reached(checkedAt + checkServes + 1)
  return fresh ? undefined : 'SUPPRESSION_LIST_CHECK_STALE'
}

/** When the list whose last consultation for this contact point is the oldest was asked; undefined while any never was. */
function lastConsulted(
  key: PermissionKey,
  pack: RulePack,
  { checks, checkedAt }: SuppressionFacts,
): Instant | undefined {
  if (checks === undefined) return checkedAt
  const anyChannel = !hasContactPoints(key.contactChannel)
  let oldest = Number.POSITIVE_INFINITY
  for (const list of pack.exclusionLists) {
    const asked = checks
      .filter(
        (one) =>
          one.list === list &&
          (anyChannel ||
            (one.contactChannel === key.contactChannel && one.contactPoint === key.contactPoint)),
      )
      .map(({ at }) => at)
    if (asked.length === 0) return undefined
    oldest = Math.min(oldest, Math.max(...asked))
  }
  return oldest
}

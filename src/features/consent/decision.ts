import type { Instant } from './calendar.ts'
import { plus } from './calendar.ts'
import { bases } from './decision/bases.ts'
import { capability } from './decision/capability.ts'
import { lifeCycle } from './decision/life-cycle.ts'
import type { Ground, Query, Rule, Verdict } from './decision/matter.ts'
import { deny, Matter } from './decision/matter.ts'
import { minimisation } from './decision/minimisation.ts'
import { nothingPermits } from './decision/nothing-permits.ts'
import { recipient } from './decision/recipient.ts'
import { restriction } from './decision/restriction.ts'
import { suppression } from './decision/suppression.ts'
import type { Facts } from './facts.ts'
import { isAnswered } from './objection.ts'
import type { Obligation } from './obligations.ts'
import { obligationsOf } from './obligations.ts'
import type { LegalBasis } from './purpose.ts'
import type { Reason } from './reason.ts'
import { isCuredByAYes } from './reason.ts'
import type { Registry } from './registry.ts'

export interface Decision {
  readonly decision: 'PERMIT' | 'DENY'
  readonly reason: Reason
  readonly basis: LegalBasis | null
  /** May a consent be asked for, in a session the person started? Never a licence to contact them. */
  readonly ask: boolean
  readonly obligations: readonly Obligation[]
  /** The earliest instant at which time alone could change any of this; null if it cannot. New facts always can. */
  readonly validUntil: Instant | null
  /** What it rests on: what carries a PERMIT, or the person's word against it. */
  readonly evidence: readonly Ground[]
}

/** The first rule that fires decides. The order is the law's: what may never happen comes before what was agreed. */
export const orderedRules = [
  ['capability', capability],
  ['life-cycle', lifeCycle],
  ['minimisation', minimisation],
  ['recipient', recipient],
  ['restriction', restriction],
  ['suppression', suppression],
  ['bases', bases],
  ['nothing-permits', nothingPermits],
] as const satisfies readonly (readonly [string, Rule])[]

export type RuleName = (typeof orderedRules)[number][0]

const rules: readonly Rule[] = orderedRules.map(([, rule]) => rule)

/**
 * The one decision. Pure: the same arguments give the same answer, and it knows nothing but its arguments. No answer
 * means no.
 *
 * Promise: taking one consent event out of the history never turns DENY into PERMIT. So what was lost, erased or never
 * arrived can cost a permission and cannot make one. The rules themselves say where it is otherwise:
 *
 * - The event was a no: refused, withdrawn, invalidated, revoked, objected or a restriction set. Without it, what it forbade
 *   stands again.
 * - It was a yes that had replaced another. The latest speaks for the person, so without it an earlier one speaks again (or
 *   that of another account of theirs), which may have been wider: more attributes, sources or recipients, a newer version of
 *   the purpose, a longer validity, explicit, or said knowing of a restriction.
 *
 * All else (notices shown, questions put off, confirmations, objections overridden, restrictions lifted, any other yes) only
 * ever carries a permission, or does not matter. test/features/consent/properties.test.ts holds both on random histories.
 */
export function decide(query: Query, facts: Facts, registry: Registry, now: Instant): Decision {
  const matter = new Matter(query, facts, registry, now)
  for (const rule of rules) {
    const verdict = rule(matter)
    if (verdict !== undefined) return answer(verdict, matter)
  }
  return answer(deny('NO_BASIS_CONFIGURED'), matter)
}

const none: readonly Obligation[] = []

/** A verdict with what follows from it: obligations, whether to ask, until when it stands. */
export function answer(verdict: Verdict, matter: Matter): Decision {
  if ('permit' in verdict) {
    const { purpose, key, system, pack, facts } = matter
    return {
      decision: 'PERMIT',
      reason: verdict.reason,
      basis: verdict.permit,
      ask: false,
      obligations: obligationsOf(purpose, key, system, verdict.permit, pack, facts),
      validUntil: matter.watch.validUntil(),
      evidence: verdict.grounds,
    }
  }
  const ask = isCuredByAYes(verdict.deny) && mayAsk(matter)
  return {
    decision: 'DENY',
    reason: verdict.deny,
    basis: null,
    ask,
    obligations: none,
    validUntil: matter.watch.validUntil(),
    evidence: verdict.grounds,
  }
}

/** Not while an objection is unanswered, and not within the cool-off after a no (ISO/IEC 29184 5.4.7: no nagging). */
function mayAsk(matter: Matter): boolean {
  const standing = matter.standing()
  const objection = matter.objection()
  if (objection !== undefined && !isAnswered(objection, standing)) return false
  const { no } = standing
  return no === undefined || matter.watch.reached(plus(no.occurredAt, matter.pack.reaskCoolOff))
}

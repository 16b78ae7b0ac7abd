import type { Instant } from '../calendar.ts'
import { basesToTry } from '../decision/bases.ts'
import { type Ground, Matter, type Query, type Verdict } from '../decision/matter.ts'
import { answer, type Decision, orderedRules, type RuleName } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Localised } from '../published.ts'
import type { LegalBasis } from '../purpose.ts'
import type { Reason } from '../reason.ts'
import type { Registry } from '../registry.ts'
import { citationOf } from '../rule-pack.ts'
import type { Lost } from './past-facts.ts'
import { reasonWords } from './reason-words.ts'
import { ruleWords } from './rule-words.ts'
import { type Known, type KnownFact, whatWasKnown } from './what-was-known.ts'

export type Outcome = 'PASSED' | 'PERMIT' | 'DENY' | 'NOT_REACHED'

/** One legal basis as rule 7 tried it. */
export interface TriedBasis {
  readonly basis: LegalBasis
  readonly outcome: 'PERMIT' | 'DENY' | 'NOT_REACHED'
  readonly reason?: Reason
  readonly says?: Localised
  readonly cites?: string
}

/** One of the eight rules, in its place, with what it came to. */
export interface ExplainedRule {
  readonly number: number
  readonly rule: RuleName
  readonly asks: Localised
  readonly cites: string
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly says?: Localised
  readonly bases?: readonly TriedBasis[]
}

export interface Explanation {
  readonly decision: Decision
  readonly at: Instant
  /** Which law was applied: the pack's jurisdiction (`*` for the strictest default) and version. */
  readonly law: { readonly jurisdiction: string; readonly version: string }
  readonly says: Localised
  readonly cites: string
  readonly rules: readonly ExplainedRule[]
  readonly evidence: readonly Ground[]
  /** What the house knew at that instant, and what of it cannot be told any more. */
  readonly knew: readonly Known[]
}

/** Of a past instant: when the account began, and what of that day is not known any more. */
export interface Hindsight {
  readonly since: Instant
  readonly lost: ReadonlyMap<KnownFact, Lost>
}

const reasonOf = (verdict: Verdict): Reason => ('permit' in verdict ? verdict.reason : verdict.deny)

/** What rule 7 tried, told from what it left behind: its failures stand in the order of the bases. */
function triedBases(matter: Matter, verdict: Verdict | undefined): readonly TriedBasis[] {
  const order = basesToTry(matter)
  if (typeof order === 'string') return []
  return order.map((basis, index): TriedBasis => {
    const permits = verdict !== undefined && 'permit' in verdict && index === matter.failures.length
    const tried = permits ? verdict : matter.failures[index]
    if (tried === undefined) return { basis, outcome: 'NOT_REACHED' }
    const reason = reasonOf(tried)
    return {
      basis,
      outcome: permits ? 'PERMIT' : 'DENY',
      reason,
      says: reasonWords[reason].says,
      cites: lawOf(matter, reason),
    }
  })
}

const ofThePlace: ReadonlySet<Reason> = new Set<Reason>([
  'CONSENT_GIVEN',
  'NO_CONSENT',
  'SOFT_OPT_IN',
  'SOFT_OPT_IN_CONDITIONS_NOT_MET',
  'LEGITIMATE_INTEREST',
])

/** The pack's own articles beside the Union's, where a reason hangs on the law of the place. */
function lawOf({ pack, key }: Matter, reason: Reason): string {
  const particular =
    reason === 'SUPPRESSED_EXTERNAL_LIST' || reason === 'SUPPRESSION_LIST_CHECK_STALE'
      ? citationOf(pack, 'exclusionLists')
      : reason === 'DOUBLE_OPT_IN_MISSING'
        ? citationOf(pack, 'doubleOptIn')
        : reason === 'PARENTAL_CONSENT_MISSING' || reason === 'MINOR_MARKETING'
          ? citationOf(pack, 'digitalConsentAge')
          : ofThePlace.has(reason)
            ? citationOf(pack, `bases ${key.purpose} ${key.contactChannel}`)
            : undefined
  const general = reasonWords[reason].cites
  return particular === undefined || particular === general ? general : `${general}; ${particular}`
}

/**
 * The one decision, told rule by rule. It runs the very rules of `decide` in their order and writes down what each came
 * to, so it cannot explain another answer than the one that was given. Pure, and slower than deciding: never on a hot path.
 */
export function explainDecision(
  query: Query,
  facts: Facts,
  registry: Registry,
  now: Instant,
  hindsight?: Hindsight,
): Explanation {
  const matter = new Matter(query, facts, registry, now)
  const rules: ExplainedRule[] = []
  let fell: Verdict | undefined
  for (const [index, [name, rule]] of orderedRules.entries()) {
    const { asks, cites } = ruleWords[name]
    const place = { number: index + 1, rule: name, asks, cites }
    if (fell !== undefined) {
      rules.push({ ...place, outcome: 'NOT_REACHED' })
      continue
    }
    const verdict = rule(matter)
    fell = verdict
    const bases = name === 'bases' ? { bases: triedBases(matter, verdict) } : {}
    if (verdict === undefined) {
      rules.push({ ...place, outcome: 'PASSED', ...bases })
      continue
    }
    const reason = reasonOf(verdict)
    rules.push({
      ...place,
      cites: lawOf(matter, reason),
      outcome: 'permit' in verdict ? 'PERMIT' : 'DENY',
      reason,
      says: reasonWords[reason].says,
      ...bases,
    })
  }
  // The eighth rule always answers; the type cannot know it.
  const decision = answer(fell ?? { deny: 'NO_BASIS_CONFIGURED', grounds: [] }, matter)
  return {
    decision,
    at: now,
    law: { jurisdiction: matter.pack.jurisdiction, version: matter.pack.version },
    says: reasonWords[decision.reason].says,
    cites: lawOf(matter, decision.reason),
    rules,
    evidence: decision.evidence,
    knew: whatWasKnown({ query, facts, registry, at: now, since: hindsight?.since }, hindsight?.lost),
  }
}

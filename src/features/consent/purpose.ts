import type { Instant, Period } from './calendar.ts'
import type { Obligation } from './obligations.ts'

/** Legal bases of the decision. Soft opt-in (ePrivacy Art. 13(2)) stands on its own, beside Art. 6 (C-654/23 Inteligo). */
export const legalBases = [
  'consent',
  'contract',
  'legal_obligation',
  'soft_opt_in',
  'legitimate_interest',
] as const

export type LegalBasis = (typeof legalBases)[number]

export const purposeClasses = [
  'service',
  'security',
  'analytics',
  'personalisation',
  'marketing',
  'authority',
  'dsr',
] as const

export type PurposeClass = (typeof purposeClasses)[number]

/** Grounds of GDPR Art. 18(2) other than consent, and the answering of the person's own request. */
export const restrictionExemptions = [
  'legal_claims',
  'rights_of_other',
  'important_public_interest',
  'rights_of_subject_request',
] as const

export type RestrictionExemption = (typeof restrictionExemptions)[number]

/** A balancing test on record (GDPR Art. 6(1)(f)); from `reviewBy` on it no longer carries anything. */
export interface InterestAssessment {
  readonly approved: boolean
  readonly reviewBy: Instant
  readonly reference?: string | undefined
}

/** One entry of the purpose registry, in its current version. */
export interface Purpose {
  readonly id: string
  readonly version?: number | undefined
  readonly class: PurposeClass
  /** Bases where the rule pack has no order of its own for this purpose and contact channel. */
  readonly bases: readonly LegalBasis[]
  /** The only attributes that may be used for it (GDPR Art. 5(1)(c)). */
  readonly attributes: readonly string[]
  /** Consents on an older version are superseded: the change was material. */
  readonly reconsentMin?: number | undefined
  readonly validity?: Period | undefined
  readonly assessment?: InterestAssessment | undefined
  readonly restrictionExempt?: RestrictionExemption | undefined
  /** Ground of Art. 9(2) other than explicit consent, such as `9(2)(f)`. */
  readonly art9Ground?: string | undefined
  readonly legalReference?: string | undefined
  /** DPV term it is a kind of, such as `dpv:DirectMarketing`. */
  readonly dpv?: string | undefined
  readonly obligations?: readonly Obligation[] | undefined
  readonly retired: boolean
}

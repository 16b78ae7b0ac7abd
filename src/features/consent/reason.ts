/** Why a decision fell as it did. Codes are stable: recipients, screens and the audit trail rely on them. */
export type PermitReason =
  | 'CONSENT_GIVEN'
  | 'CONTRACT'
  | 'LEGAL_OBLIGATION'
  | 'SOFT_OPT_IN'
  | 'LEGITIMATE_INTEREST'
  | 'BLOCKED_EXCEPTION'

export type DenyReason =
  | 'PURPOSE_UNKNOWN'
  | 'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE'
  | 'PURPOSE_RETIRED'
  | 'SUBJECT_ERASED'
  | 'SUBJECT_BLOCKED'
  | 'ATTRIBUTE_NOT_IN_PURPOSE'
  | 'NO_PROCESSOR_CONTRACT'
  | 'NO_TRANSFER_TOOL'
  | 'RESTRICTED'
  | 'SUPPRESSED_INTERNAL'
  | 'NO_BASIS_CONFIGURED'
  | 'NO_ART9_CONDITION'
  | 'NO_ACTIVE_CONTRACT'
  | 'NO_CONSENT'
  | 'CONSENT_REFUSED'
  | 'CONSENT_WITHDRAWN'
  | 'CONSENT_REVOKED'
  | 'CONSENT_INVALIDATED'
  | 'CONSENT_EXPIRED'
  | 'CONSENT_SUPERSEDED'
  | 'DOUBLE_OPT_IN_MISSING'
  | 'PARENTAL_CONSENT_MISSING'
  | 'ATTRIBUTE_NOT_COVERED_BY_CONSENT'
  | 'EXPLICIT_CONSENT_REQUIRED'
  | 'OBJECTED'
  | 'MINOR_MARKETING'
  | 'SOFT_OPT_IN_CONDITIONS_NOT_MET'
  | 'SUPPRESSED_EXTERNAL_LIST'
  | 'SUPPRESSION_LIST_CHECK_STALE'
  | 'LIA_MISSING_OR_STALE'

export type Reason = PermitReason | DenyReason

/**
 * The refusals that a yes of the person would cure, so that it may be asked for in a session the person started. A
 * pending confirmation is not among them (it has been asked), nor is an objection, nor our own failings such as a stale
 * list check. Two depend on the calendar as well: after a no, the cool-off comes first.
 */
const curedByAYes: ReadonlySet<Reason> = new Set<DenyReason>([
  'NO_CONSENT',
  'CONSENT_REFUSED',
  'CONSENT_WITHDRAWN',
  'CONSENT_REVOKED',
  'CONSENT_INVALIDATED',
  'CONSENT_EXPIRED',
  'CONSENT_SUPERSEDED',
  'PARENTAL_CONSENT_MISSING',
  'ATTRIBUTE_NOT_COVERED_BY_CONSENT',
  'EXPLICIT_CONSENT_REQUIRED',
  'SOFT_OPT_IN_CONDITIONS_NOT_MET',
  'SUPPRESSED_EXTERNAL_LIST',
])

export const isCuredByAYes = (reason: Reason): boolean => curedByAYes.has(reason)

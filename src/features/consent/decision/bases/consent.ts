import type { ConsentEvent, ConsentEventType } from '../../consent-event.ts'
import type { ConsentState } from '../../fold.ts'
import { isAnswered } from '../../objection.ts'
import type { DenyReason } from '../../reason.ts'
import { effectiveState } from '../../standing.ts'
import type { Basis, Matter } from '../matter.ts'
import { deny, permit } from '../matter.ts'

const reasonFor: Readonly<Record<Exclude<ConsentState, 'GIVEN'>, DenyReason>> = {
  UNKNOWN: 'NO_CONSENT',
  REQUESTED: 'NO_CONSENT',
  DEFERRED: 'NO_CONSENT',
  PENDING_DOI: 'DOUBLE_OPT_IN_MISSING',
  PENDING_GUARDIAN: 'PARENTAL_CONSENT_MISSING',
  REFUSED: 'CONSENT_REFUSED',
  WITHDRAWN: 'CONSENT_WITHDRAWN',
  REVOKED: 'CONSENT_REVOKED',
  INVALIDATED: 'CONSENT_INVALIDATED',
}

/** The person's own words; said after an objection, they are what tells. */
const ownWord: ReadonlySet<ConsentEventType> = new Set<ConsentEventType>(['given', 'refused', 'withdrawn'])

/**
 * Consent (GDPR Art. 6(1)(a), 7, 8, 9(2)(a)): given, in the form the law of the person asks for, on a version that still
 * counts, in time, for this attribute from this source, explicit where it must be, naming the other controller who asks,
 * and after any objection. What was agreed to is bounded by the notice of that day, not by today's.
 */
export const consent: Basis = (matter) => {
  const { key, purpose, pack, watch } = matter
  const standing = matter.standing()
  const { state, by } = standing
  const objection = matter.objection()
  if (objection !== undefined) {
    const later = by !== undefined && ownWord.has(by.type) && by.occurredAt > objection.occurredAt
    if (!later || (state === 'GIVEN' && !isAnswered(objection, standing))) return deny('OBJECTED', objection)
  }
  if (by === undefined) return deny('NO_CONSENT')
  if (state !== 'GIVEN') return deny(reasonFor[state], by)

  const effective = effectiveState(standing, key, purpose, pack, watch)
  if (effective === 'SUPERSEDED') return deny('CONSENT_SUPERSEDED', by)
  if (effective === 'EXPIRED') return deny('CONSENT_EXPIRED', by)
  if (!noticeNamed(by, matter)) return deny('ATTRIBUTE_NOT_COVERED_BY_CONSENT', by)
  if (matter.isSpecial() && purpose.art9Ground === undefined && by.consentType !== 'explicit') {
    return deny('EXPLICIT_CONSENT_REQUIRED', by)
  }
  if (!isForRecipient(by, matter)) return deny('NO_CONSENT', by)
  return permit('consent', 'CONSENT_GIVEN', { kind: 'consent-event', ref: by.id })
}

/** The attribute, and every source its value is known to come from. A notice that narrowed no sources covers all. */
function noticeNamed(yes: ConsentEvent, { query, facts }: Matter): boolean {
  if (yes.attributes?.includes(query.attribute) !== true) return false
  const { sources } = yes
  const origins = facts.provenance?.[query.attribute]
  return sources === undefined || origins === undefined || origins.every((origin) => sources.includes(origin))
}

/** Another controller relies on a consent only if it was named (EDPB 05/2020): for one who was not, nobody said yes. */
const isForRecipient = (yes: ConsentEvent, { system }: Matter): boolean =>
  system.role !== 'controller' ||
  yes.recipients?.some((named) => named === system.id || named === system.legalEntity) === true

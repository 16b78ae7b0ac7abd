import type { Evidence } from '../../kernel/evidence.ts'
import type { Instant, Period } from './calendar.ts'
import type { NoticeReference } from './notice.ts'
import type { PermissionScope } from './permission-key.ts'

export const consentEventTypes = [
  'notice_shown',
  'requested',
  'deferred',
  'given',
  'confirmed',
  'revoked',
  'refused',
  'withdrawn',
  'invalidated',
  'objected',
  'objection_overridden',
  'restriction_set',
  'restriction_lifted',
] as const

export type ConsentEventType = (typeof consentEventTypes)[number]

/** Whose act it was. Only the first two can say yes; anybody may carry a no. */
export type ActedBy = 'subject' | 'guardian' | 'representative' | 'agent' | 'controller' | 'system'

/** Silence, scrolling on or ticked defaults are `implied`; imports bring it, and it is no consent (GDPR Art. 4(11)). */
export type ConsentType = 'implied' | 'expressed' | 'explicit'

/**
 * One appended fact. The scope says what it is about; the rest is pinned as it was at that moment, because the pinned
 * notice, not the current one, bounds what was agreed to (GDPR Art. 7(1), 13).
 */
export interface ConsentEvent extends PermissionScope {
  readonly id: string
  readonly type: ConsentEventType
  /** When the person acted. What arrives late counts when it happened. */
  readonly occurredAt: Instant
  readonly recordedAt?: Instant | undefined
  readonly by: ActedBy
  readonly purposeVersion?: number | undefined
  readonly consentType?: ConsentType | undefined
  readonly notice?: NoticeReference | undefined
  /** What the notice named. Attributes not named are not agreed to; sources or recipients left out were not narrowed. */
  readonly attributes?: readonly string[] | undefined
  readonly sources?: readonly string[] | undefined
  readonly recipients?: readonly string[] | undefined
  /** Validity the notice promised, counted from the act. */
  readonly validity?: Period | undefined
  /** On `given`: when the double opt-in came back, if it is already known in the same row. */
  readonly confirmedAt?: Instant | undefined
  /** On `confirmed`: the id of the `given` it confirms. */
  readonly confirms?: string | undefined
  readonly guardianVerified?: boolean | undefined
  /** Age assured at the act, as "over 14": kept instead of a birth date (Art. 5(1)(c), 8(2)). */
  readonly overAge?: number | undefined
  readonly article?: '21(1)' | '21(2)' | undefined
  /** The person was told of the restriction in force and agreed to this use all the same (Art. 18(2)). */
  readonly duringRestriction?: boolean | undefined
  /** On `restriction_set` and `restriction_lifted`: `*`, purpose globs, or `attr:` with an attribute. */
  readonly restrictionScope?: readonly string[] | undefined
  /** How the control stood before the act. A ticked default is never a yes (C-673/17 Planet49). */
  readonly defaultState?: 'unticked' | 'ticked' | undefined
  /** What an import could prove. `none` leaves the state unknown (EDPB 05/2020 on consents without reference). */
  readonly evidenceGrade?: 'full' | 'partial' | 'none' | undefined
  readonly jurisdiction?: string | undefined
  readonly capture?: Evidence | undefined
}

/**
 * True when a `given` event can be a yes at all: said by the person or a guardian (C-61/19 Orange Romania: not by the
 * staff), by an act of their own, and provable. Whether it is enough is for the rule pack to say.
 */
export const isOwnYes = (event: ConsentEvent): boolean =>
  event.type === 'given' &&
  (event.by === 'subject' || event.by === 'guardian') &&
  event.consentType !== 'implied' &&
  event.defaultState !== 'ticked' &&
  event.evidenceGrade !== 'none'

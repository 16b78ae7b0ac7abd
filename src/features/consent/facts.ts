import type { ContactChannel } from '../../kernel/evidence.ts'
import type { AgeFacts } from './age.ts'
import type { Instant } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { LinkedProfile } from './merging/linked-profile.ts'
import type { Restriction } from './restriction.ts'

/** `blocked` is LOPDGDD art. 32: kept out of all use until liability has prescribed, then erased. */
export type LifeCycle = 'active' | 'blocked' | 'erased'

export interface Contract {
  readonly id?: string | undefined
  readonly controller: string
  readonly at: Instant
  readonly recordedAt?: Instant | undefined
  readonly closedAt?: Instant | undefined
}

/** A sale, with what soft opt-in asks of it (ePrivacy Art. 13(2), LSSI 21.2). Never a consent. */
export interface Purchase {
  readonly id?: string | undefined
  readonly controller: string
  readonly at: Instant
  readonly recordedAt?: Instant | undefined
  readonly category: string
  /** Whether the person could say no when the address was taken. */
  readonly optOutOffered: boolean
  /** The address taken at the sale, when known: soft opt-in carries to that one alone. */
  readonly contactPoint?: string | undefined
}

export interface SubjectFacts extends AgeFacts {
  readonly state: LifeCycle
  /** Of residence. Selects the rule pack at the time of the decision; undefined falls to the strictest. */
  readonly jurisdiction?: string | undefined
  readonly contracts: readonly Contract[]
  readonly purchases: readonly Purchase[]
  readonly restrictions: readonly Restriction[]
}

/** Complaint, hard bounce or court order: our own reasons never to write there again. */
export interface InternalSuppression {
  readonly contactChannel: ContactChannel | '*'
  readonly reason: string
  readonly contactPoint?: string | undefined
  readonly recordedAt?: Instant | undefined
}

/** One that was let go again: it stands in nobody's way now, and tells what stood on a past day. */
export interface LiftedSuppression extends InternalSuppression {
  readonly recordedAt: Instant
  readonly liftedAt: Instant
}

/** An entry on a public exclusion list such as Lista Robinson. */
export interface ExclusionListing {
  readonly list: string
  readonly contactChannel: ContactChannel | '*'
  readonly effectiveFrom?: Instant | undefined
  readonly contactPoint?: string | undefined
  /** When the list told us. */
  readonly checkedAt?: Instant | undefined
}

/** One list, consulted for one contact point. */
export interface ListCheck {
  readonly list: string
  readonly contactChannel: ContactChannel
  readonly contactPoint: string
  readonly at: Instant
}

export interface SuppressionFacts {
  readonly internal: readonly InternalSuppression[]
  readonly lifted?: readonly LiftedSuppression[] | undefined
  readonly listings: readonly ExclusionListing[]
  /** When the lists were last consulted for this person; undefined means never. */
  readonly checkedAt?: Instant | undefined
  /** The same list by list and contact point, where it is known that closely; it then takes the place of `checkedAt`. */
  readonly checks?: readonly ListCheck[] | undefined
}

/** Everything known about one person that a decision may rest on. Events come in any order. */
export interface Facts {
  readonly subject: SubjectFacts
  /** The ledger: consent events and objections. */
  readonly events: readonly ConsentEvent[]
  readonly suppression: SuppressionFacts
  /** The contact point that would be used on each contact channel when the query names none. */
  readonly contactPoints?: Readonly<Partial<Record<ContactChannel, string>>> | undefined
  /** Which data sources an attribute's value came from, where that is known: `web`, `store`, `partner:…`. */
  readonly provenance?: Readonly<Record<string, readonly string[]>> | undefined
  /** Data came from elsewhere and the person has not been told yet (GDPR Art. 14(3)). */
  readonly sourceNoticeDue?: boolean | undefined
  /** The person's other accounts; the decision reads of them what is the person's and not the account's. */
  readonly linked?: readonly LinkedProfile[] | undefined
  /** The attributes of which the account holds a value; told only together with `linked`. */
  readonly held?: readonly string[] | undefined
}

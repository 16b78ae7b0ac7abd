import { type Actor, actorRef } from '../../../kernel/actor.ts'
import { refused } from '../../../kernel/errors.ts'
import type { Id, IdentifierId, SubjectId } from '../../../kernel/ids.ts'

export type LinkId = Id<'link'>

/** How a link was proven. L1: both hold the same verified contact point. L2: the person proved control of both accounts. */
export type LinkAssurance = 'L1' | 'L2'

/** The same contact point as each of the two accounts knows it: by an identifier of its own. */
export interface SharedContactPoint {
  readonly contactPoint: IdentifierId
  readonly otherContactPoint: IdentifierId
}

interface Assertion {
  readonly linkId: LinkId
  /** The two accounts, the smaller id first: a link has no direction. */
  readonly subjects: Pair
  /** The rule or procedure that produced it, such as `verified-contact-point` or `proven-in-store`. */
  readonly rule: string
  /** How sure the rule is of itself, in percent. It is told to whoever reviews; it decides nothing. */
  readonly confidence: number
  /** References that prove it: of a code, a document check, a call. Never a value about the person. */
  readonly proof: Readonly<Record<string, string>>
  /** `actorRef` of who asserted it. */
  readonly assertedBy: string
  readonly at: Date
}

/** Two accounts are one person's. `shared` goes with the order of `subjects`. */
export interface SamePerson extends Assertion {
  readonly kind: 'same-person'
  readonly assurance: LinkAssurance
  readonly shared?: SharedContactPoint | undefined
}

/** Somebody looked and found two people: nothing may make one of them, by whatever way round. */
export interface DifferentPeople extends Assertion {
  readonly kind: 'different-people'
}

export type SubjectLink = SamePerson | DifferentPeople

export interface LinkEnd {
  readonly endedBy: string
  readonly reason: string
  /** It never was true: what each of the two saw of the other may be a breach (GDPR Art. 33). */
  readonly mistaken: boolean
  readonly at: Date
}

export type Pair = readonly [SubjectId, SubjectId]

/** In the order in which a pair is kept. */
export const pairOf = (a: SubjectId, b: SubjectId): Pair => (a < b ? [a, b] : [b, a])

/** Linking moves what may be done with a person's data, so it is for those who answer for that, and for our own rules. */
export function checkMayLink(actor: Actor): string {
  const allowed =
    actor.kind === 'system' ||
    (actor.kind === 'staff' && actor.roles.some((role) => role === 'dpo' || role === 'admin'))
  if (!allowed) throw refused('linking-not-allowed', 'You may not say which accounts are one person’s.')
  return actorRef(actor)
}

import type { SubjectId } from '../../../kernel/ids.ts'
import type { IdentifierKind } from '../identifier.ts'
import type { Subject } from '../subject.ts'
import type { Cluster } from './cluster.ts'
import type { LinkAssurance, Pair } from './link.ts'

/** What the house holds of people and of accounts; data, so that a house with other cards can say so. */
export interface LinkingPolicy {
  /** Kinds of which a person holds one: two verified ones are two people, whoever says otherwise. */
  readonly heldOnce: readonly IdentifierKind[]
  /** From this size on somebody should look: no person measured in public data had more accounts than seven. */
  readonly largeFrom: number
  /** A cluster never grows past this: one bad rule would otherwise make one person of a whole town. */
  readonly atMost: number
}

export const linkingPolicy: LinkingPolicy = { heldOnce: ['loyalty_card'], largeFrom: 8, atMost: 20 }

/** Why two accounts are not made one person's. `PROFILE_BLOCKED` is said of erased ones too: it need not be known which. */
export type LinkRefusal =
  | 'SAME_ACCOUNT'
  | 'INSUFFICIENT_LINK_ASSURANCE'
  | 'PROFILE_BLOCKED'
  | 'REQUEST_OPEN'
  | 'SAID_TO_BE_DIFFERENT'
  | 'DIFFERENT_IDENTIFIERS'
  | 'CLUSTER_TOO_LARGE'

/** These say that a rule or a colleague is wrong about somebody; the DPO hears of them. */
export const alarming: ReadonlySet<LinkRefusal> = new Set<LinkRefusal>([
  'SAID_TO_BE_DIFFERENT',
  'DIFFERENT_IDENTIFIERS',
  'CLUSTER_TOO_LARGE',
])

export interface HeldIdentifier {
  readonly subjectId: SubjectId
  readonly kind: IdentifierKind
  readonly verified: boolean
}

/** Everything the rule looks at, of both clusters, read under their locks. */
export interface Joining {
  readonly assurance: LinkAssurance | 'L0'
  readonly sides: readonly [Cluster, Cluster]
  readonly subjects: readonly Subject[]
  readonly withOpenRequest: readonly SubjectId[]
  readonly different: readonly Pair[]
  readonly identifiers: readonly HeldIdentifier[]
}

/**
 * What stands in the way of making one person of two clusters; undefined when nothing does. Likeness alone never merges
 * anybody. Blocked and erased accounts, and accounts with a request still open, stay as they are (the answer to the request
 * must be of one person's data). A value of a kind belongs to one account in the whole house, so two verified identifiers
 * of a kind that is held once are two values.
 */
export function linkRefusal(joining: Joining, policy: LinkingPolicy): LinkRefusal | undefined {
  const [one, other] = joining.sides
  if (joining.assurance === 'L0') return 'INSUFFICIENT_LINK_ASSURANCE'
  if (joining.subjects.some(({ state }) => state === 'blocked' || state === 'erased'))
    return 'PROFILE_BLOCKED'
  if (joining.withOpenRequest.length > 0) return 'REQUEST_OPEN'
  const members = new Set([...one.members, ...other.members])
  if (joining.different.some(([a, b]) => members.has(a) && members.has(b))) return 'SAID_TO_BE_DIFFERENT'
  if (one.canonical === other.canonical) return undefined
  const holds = (side: Cluster, kind: IdentifierKind) =>
    joining.identifiers.some(
      (held) => held.kind === kind && held.verified && side.members.includes(held.subjectId),
    )
  if (policy.heldOnce.some((kind) => holds(one, kind) && holds(other, kind))) return 'DIFFERENT_IDENTIFIERS'
  return members.size > policy.atMost ? 'CLUSTER_TOO_LARGE' : undefined
}

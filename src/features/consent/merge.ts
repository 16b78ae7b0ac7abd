import type { Instant } from './calendar.ts'
import type { LifeCycle } from './facts.ts'
import type { ConsentState } from './fold.ts'

/**
 * How a link between two profiles was proven. L0 is likeness (name, birthday), L1 the same verified contact point, L2 the
 * person proved control of both.
 */
export type LinkAssurance = 'L0' | 'L1' | 'L2'

/** One profile's side of one permission key, as it stood before the merge. */
export interface MergeSide {
  readonly id: string
  readonly state: ConsentState | 'OBJECTED'
  readonly at: Instant | null
  readonly controller: string
  readonly subject: LifeCycle
  readonly contactPoint: string
  readonly purposeVersion: number
  readonly sources: readonly string[]
  /** An objection to all marketing stands on this side (GDPR Art. 21(2)). */
  readonly objectsToAllMarketing?: boolean
  /** A data-subject request is open on this side. */
  readonly requestOpen?: boolean
}

/** `PROFILE_BLOCKED` says it for erased profiles too: whoever asks need not learn which. */
export type MergeRefusal =
  | 'INSUFFICIENT_LINK_ASSURANCE'
  | 'DIFFERENT_CONTROLLER'
  | 'PROFILE_BLOCKED'
  | 'REQUEST_OPEN'

export type MergeResult =
  | { readonly merge: false; readonly reason: MergeRefusal }
  | {
      readonly merge: true
      readonly state: MergeSide['state']
      /** Id of the side whose word counts, or `person` when they chose on the merge screen. */
      readonly source: string
      /** A yes and a no met and the no prevailed; the merge screen shows it, preset to no. */
      readonly conflict: boolean
      /** What a grant may be used with: the sources its own notice named, never those the merge brought. */
      readonly dataSources: readonly string[]
    }

/** The noes and the states that are neither, each from the mildest to the strictest. */
const negative: readonly MergeSide['state'][] = ['REVOKED', 'REFUSED', 'WITHDRAWN', 'INVALIDATED', 'OBJECTED']

const quiet: readonly MergeSide['state'][] = [
  'UNKNOWN',
  'REQUESTED',
  'DEFERRED',
  'PENDING_GUARDIAN',
  'PENDING_DOI',
]

/** What stands in the way of any merge; undefined when nothing does. Kept apart for the use case to ask first. */
function mergeRefusal(a: MergeSide, b: MergeSide, level: LinkAssurance): MergeRefusal | undefined {
  if (level === 'L0') return 'INSUFFICIENT_LINK_ASSURANCE'
  if (a.controller !== b.controller) return 'DIFFERENT_CONTROLLER'
  if (a.subject !== 'active' || b.subject !== 'active') return 'PROFILE_BLOCKED'
  if (a.requestOpen === true || b.requestOpen === true) return 'REQUEST_OPEN'
  return undefined
}

/**
 * The state of one key over two linked profiles. Events never move; this is computed over both. A no is the act of a
 * person and holds for the cluster; it yields only to a later yes of the proven same person for the same contact point,
 * and an objection to all marketing yields to none. What the person chooses on the merge screen replaces all that.
 */
export function mergeSides(
  a: MergeSide,
  b: MergeSide,
  level: LinkAssurance,
  personChoice?: 'GIVEN' | 'REFUSED' | 'WITHDRAWN',
): MergeResult {
  const refusal = mergeRefusal(a, b, level)
  if (refusal !== undefined) return { merge: false, reason: refusal }
  if (personChoice !== undefined) {
    const dataSources = personChoice === 'GIVEN' ? [...new Set([...a.sources, ...b.sources])] : []
    return { merge: true, state: personChoice, source: 'person', conflict: false, dataSources }
  }

  const aNo = isNo(a)
  const bNo = isNo(b)
  if (aNo && bNo) return prevails(stricter(a, b), false)
  if (aNo || bNo) {
    const no = aNo ? a : b
    const other = aNo ? b : a
    if (other.state !== 'GIVEN') return prevails(no, false)
    return overcomes(other, no, level) ? prevails(other, false) : prevails(no, true)
  }
  if (a.state === 'GIVEN' && b.state === 'GIVEN') return prevails(betterGrant(a, b), false)
  if (a.state === 'GIVEN' || b.state === 'GIVEN') return prevails(a.state === 'GIVEN' ? a : b, false)
  return prevails(furtherOn(a, b), false)
}

/** A no of the person, or a finding against the yes: it counts for the whole cluster. */
export const isNo = (side: MergeSide): boolean => negative.includes(side.state) || objects(side)

const objects = (side: MergeSide): boolean => side.state === 'OBJECTED' || side.objectsToAllMarketing === true

const overcomes = (yes: MergeSide, no: MergeSide, level: LinkAssurance): boolean =>
  level === 'L2' &&
  !objects(no) &&
  yes.contactPoint === no.contactPoint &&
  (yes.at ?? Number.NEGATIVE_INFINITY) > (no.at ?? Number.POSITIVE_INFINITY)

/**
 * Which of two has more of the first thing they differ in. Ids decide where nothing else does, so that it makes no
 * difference which side is named first.
 */
function ahead(a: MergeSide, b: MergeSide, ...of: readonly ((side: MergeSide) => number)[]): MergeSide {
  const telling = of.find((measure) => measure(a) !== measure(b))
  if (telling === undefined) return a.id <= b.id ? a : b
  return telling(a) > telling(b) ? a : b
}

const when = ({ at }: MergeSide): number => at ?? Number.NEGATIVE_INFINITY

/** The higher version of the notice counts, on equal versions the later act, of two at once the one that allows less. */
const betterGrant = (a: MergeSide, b: MergeSide): MergeSide =>
  ahead(
    a,
    b,
    (side) => side.purposeVersion,
    when,
    (side) => -side.sources.length,
  )

/** Of two noes an objection, else the later one, and at the same instant the stricter. */
const stricter = (a: MergeSide, b: MergeSide): MergeSide =>
  ahead(
    a,
    b,
    (side) => Number(objects(side)),
    when,
    (side) => negative.indexOf(side.state),
  )

/** Of two that are neither yes nor no, the one that came closer to an answer, else the later. */
const furtherOn = (a: MergeSide, b: MergeSide): MergeSide =>
  ahead(a, b, (side) => quiet.indexOf(side.state), when)

const prevails = (side: MergeSide, conflict: boolean): MergeResult => ({
  merge: true,
  state: objects(side) && side.state === 'GIVEN' ? 'OBJECTED' : side.state,
  source: side.id,
  conflict,
  dataSources: side.state === 'GIVEN' && !objects(side) ? side.sources : [],
})

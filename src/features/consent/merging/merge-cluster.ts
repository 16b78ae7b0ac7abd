import {
  isNo,
  type LinkAssurance,
  type MergeRefusal,
  type MergeResult,
  type MergeSide,
  mergeSides,
} from '../merge.ts'

const precedence: readonly MergeRefusal[] = [
  'INSUFFICIENT_LINK_ASSURANCE',
  'DIFFERENT_CONTROLLER',
  'PROFILE_BLOCKED',
  'REQUEST_OPEN',
]

/** How surely two sides are one person's. */
export type AssuranceBetween = (a: MergeSide, b: MergeSide) => LinkAssurance

/**
 * The state of one key over any number of linked profiles: the rule for two, asked of each yes against every no. Merging two
 * at a time would not do, because what was withdrawn for one address and allowed again there can hide a no that was said for
 * another; here a yes counts only where no one's no stands against it, so the order of profiles and links makes no
 * difference. Of a single profile it is that profile's own state.
 */
export function mergeCluster(sides: readonly MergeSide[], between: AssuranceBetween): MergeResult {
  const [first] = sides
  if (first === undefined) throw new Error('A cluster has profiles.')
  const refusals = new Set<MergeRefusal>()
  for (const [place, a] of sides.entries()) {
    for (const b of sides.slice(place + 1)) {
      const merged = mergeSides(a, b, between(a, b))
      if (!merged.merge) refusals.add(merged.reason)
    }
  }
  const refusal = precedence.find((reason) => refusals.has(reason))
  if (refusal !== undefined) return { merge: false, reason: refusal }

  const noes = sides.filter(isNo)
  const yeses = sides.filter((side) => side.state === 'GIVEN' && !isNo(side))
  const standing = yeses.filter((yes) => noes.every((no) => withstands(yes, no, between(yes, no))))
  if (standing.length > 0) return foremost(standing)
  if (noes.length > 0) return { ...foremost(noes), conflict: yeses.length > 0 }
  return foremost(sides)
}

/** True when the yes holds although the other side said no. */
export function withstands(yes: MergeSide, no: MergeSide, level: LinkAssurance): boolean {
  const merged = mergeSides(yes, no, level)
  return merged.merge && merged.state === 'GIVEN' && merged.source === yes.id
}

/** Among sides that do not contradict one another the rule for two is a plain order, and may be folded. */
function foremost(sides: readonly MergeSide[]): Extract<MergeResult, { merge: true }> {
  const [first, ...rest] = sides
  if (first === undefined) throw new Error('Nothing to choose from.')
  const best = rest.reduce((one, other) => {
    const merged = mergeSides(one, other, 'L2')
    return merged.merge && merged.source === other.id ? other : one
  }, first)
  const alone = mergeSides(best, best, 'L2')
  if (!alone.merge) throw new Error('A single profile merges with itself.')
  return alone
}

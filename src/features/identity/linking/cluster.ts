import type { SubjectId } from '../../../kernel/ids.ts'
import type { Pair } from './link.ts'

/** The accounts of one person. */
export interface Cluster {
  /** By whom the whole is named: the smallest id, which of ids made in order of time is the oldest account. */
  readonly canonical: SubjectId
  /** Sorted, without repetition, the canonical one first. An account linked to no other is a cluster of its own. */
  readonly members: readonly SubjectId[]
}

const clusterOfMembers = (members: Iterable<SubjectId>): Cluster => {
  const sorted = [...new Set(members)].sort()
  const [canonical] = sorted
  if (canonical === undefined) throw new Error('A cluster has members.')
  return { canonical, members: sorted }
}

export const alone = (subjectId: SubjectId): Cluster => ({ canonical: subjectId, members: [subjectId] })

export const sameCluster = (a: Cluster, b: Cluster): boolean =>
  a.members.length === b.members.length && a.members.every((member, place) => b.members[place] === member)

/** What hangs together over these pairs, each part sorted; a pair with somebody who is not among them joins nothing. */
export function componentsOf<Id extends string>(
  ids: Iterable<Id>,
  pairs: Iterable<readonly [Id, Id]>,
): readonly (readonly Id[])[] {
  const neighbours = new Map<Id, Set<Id>>()
  for (const id of ids) neighbours.set(id, new Set())
  for (const [a, b] of pairs) {
    neighbours.get(a)?.add(b)
    neighbours.get(b)?.add(a)
  }
  const components: Id[][] = []
  const seen = new Set<Id>()
  for (const start of [...neighbours.keys()].sort()) {
    if (seen.has(start)) continue
    const reached = [start]
    seen.add(start)
    for (const member of reached) {
      for (const next of neighbours.get(member) ?? []) {
        if (seen.has(next) || !neighbours.has(next)) continue
        seen.add(next)
        reached.push(next)
      }
    }
    components.push(reached.sort())
  }
  return components
}

/**
 * Who is one person with whom, when these links and no others are in force: the connected components, each member
 * reaching every other over links. The order of subjects and links makes no difference.
 */
export const clustersFrom = (subjects: Iterable<SubjectId>, links: Iterable<Pair>): readonly Cluster[] =>
  componentsOf(subjects, links).map(clusterOfMembers)

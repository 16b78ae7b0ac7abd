import { unavailable } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Subject } from '../subject.ts'
import type { Cluster } from './cluster.ts'
import type { Pair } from './link.ts'
import type { LinkingStores } from './linking-stores.ts'

export interface Held {
  /** Of either account of the pair, in its order; twice the same one when they are one person's already. */
  readonly sides: readonly [Cluster, Cluster]
  /** Every account of both clusters, in the order of their ids. */
  readonly subjects: readonly Subject[]
}

/** A cluster grew or came apart while its members were waited for; the unit is run again from the start. */
class ClusterMoved extends Error {}

/** Each time somebody else got ahead by a whole unit, so this many of them would have to come at once. */
const attempts = 100

async function sidesOf(tx: Pick<LinkingStores, 'links'>, pair: Pair): Promise<readonly [Cluster, Cluster]> {
  const [one, other] = await tx.links.clustersOf(pair)
  if (one === undefined || other === undefined) throw new Error('Every account has a cluster.')
  return [one, other]
}

/**
 * Holds every account of both clusters until the unit ends. Whoever changes a cluster holds all of it, so what is read now
 * cannot move. Accounts are taken one by one in the order of their ids, as every unit over several people takes them: two
 * at it wait for one another and do not deadlock, and no statement locks on two shards.
 */
export async function holdClusters(tx: Pick<LinkingStores, 'links' | 'subjects'>, pair: Pair): Promise<Held> {
  const expected = (await sidesOf(tx, pair)).flatMap(({ members }) => members)
  const subjects = new Map<SubjectId, Subject>()
  for (const subjectId of [...new Set(expected)].sort()) {
    const subject = await tx.subjects.lock(subjectId)
    if (subject !== undefined) subjects.set(subjectId, subject)
  }
  const sides = await sidesOf(tx, pair)
  const members = [...new Set(sides.flatMap((side) => side.members))].sort()
  if (members.some((member) => !expected.includes(member))) throw new ClusterMoved()
  return { sides, subjects: members.flatMap((member) => subjects.get(member) ?? []) }
}

/** Runs a unit again whenever a cluster it waited for is another one now. */
export async function untilHeld<Result>(unit: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return await unit()
    } catch (error) {
      if (!(error instanceof ClusterMoved)) throw error
    }
  }
  throw unavailable('links-busy', 'These accounts are being linked by somebody else. Try again.', 1)
}

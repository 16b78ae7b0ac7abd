import type { Actor } from '../../../kernel/actor.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Proofs } from '../../../kernel/work.ts'
import { type Cluster, clustersFrom, sameCluster } from './cluster.ts'
import { holdClusters, untilHeld } from './hold-clusters.ts'
import { checkMayLink, type LinkId } from './link.ts'
import type { LinkingParts } from './link-subjects.ts'
import type { LinkingStores } from './linking-stores.ts'
import { openBreachAssessment } from './open-breach-assessment.ts'
import { type ClusterChange, recordChange } from './record-change.ts'

export interface UnlinkSubjects {
  /** Either account of the link. */
  readonly subjectId: SubjectId
  readonly linkId: LinkId
  readonly reason: string
  /** The link never was true. Whoever looks into breaches hears of it (GDPR Art. 33). */
  readonly mistaken: boolean
  readonly actor: Actor
  /** Where an officer decided it and somebody else carries it out. */
  readonly decidedBy?: string
  readonly evidence?: Evidence
}

export interface UnlinkOutcome {
  /** `ended-before` when somebody else ended it first: nothing was added. */
  readonly outcome: 'unlinked' | 'ended-before'
  /** The clusters of the two accounts now; one, when other links still hold them together. */
  readonly clusters: readonly Cluster[]
}

class EndedBefore extends Error {
  readonly clusters: readonly Cluster[]
  constructor(clusters: readonly Cluster[]) {
    super('ended before')
    this.clusters = clusters
  }
}

/**
 * Ends a link. Nothing any account holds was moved when it began, so nothing is moved back: each has its own again as it
 * stands, and only who is one person with whom is computed anew. Blocked and erased accounts are let go like any other: a
 * mistake is put right whatever became of them.
 */
export async function unlinkSubjects<Stores extends LinkingStores>(
  parts: LinkingParts<Stores>,
  { subjectId, linkId, reason, mistaken, actor, evidence, decidedBy }: UnlinkSubjects,
  within: (tx: Stores & Proofs, change: ClusterChange) => Promise<void> = async () => {},
): Promise<UnlinkOutcome> {
  const endedBy = checkMayLink(actor)
  try {
    return await untilHeld(() =>
      parts.work(async (tx): Promise<UnlinkOutcome> => {
        const at = parts.clock.now()
        const link = (await tx.links.find(subjectId, linkId))?.link
        if (link === undefined) throw notFound('link-unknown', 'There is no such link.')
        const { sides, subjects } = await holdClusters(tx, link.subjects)
        const before = sameCluster(...sides) ? [sides[0]] : sides
        if (!(await tx.links.end(link, { endedBy, reason, mistaken, at }))) throw new EndedBefore(before)
        const members = subjects.map((subject) => subject.subjectId)
        const same = (await tx.links.inForce(members)).filter((one) => one.kind === 'same-person')
        const after = clustersFrom(
          members,
          same.map((one) => one.subjects),
        )
        const change = { link, before, after, at }
        await recordChange(parts, tx, change, {
          done: 'subject.unlinked',
          actor,
          reason,
          ...(evidence === undefined ? {} : { evidence }),
          facts: { kind: link.kind, mistaken, ...(decidedBy === undefined ? {} : { decidedBy }) },
          payload: { mistaken },
        })
        if (mistaken && link.kind === 'same-person')
          await openBreachAssessment(parts, tx, { link, actor, reason, at })
        await within(tx, change)
        const of = (member: SubjectId) => after.filter((cluster) => cluster.members.includes(member))
        return { outcome: 'unlinked', clusters: [...new Set(link.subjects.flatMap(of))] }
      }),
    )
  } catch (error) {
    if (error instanceof EndedBefore) return { outcome: 'ended-before', clusters: error.clusters }
    throw error
  }
}

import type { Actor } from '../../../kernel/actor.ts'
import type { AuditEntry } from '../../../kernel/audit-trail.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Proofs } from '../../../kernel/work.ts'
import { type Cluster, sameCluster } from './cluster.ts'
import { linkingEvent } from './events.ts'
import type { SubjectLink } from './link.ts'
import type { LinkingStores } from './linking-stores.ts'

/** What a link, or the end of one, did to who is one person with whom. All of these accounts are held. */
export interface ClusterChange {
  readonly link: SubjectLink
  readonly before: readonly Cluster[]
  readonly after: readonly Cluster[]
  readonly at: Date
}

const clusterIn = (clusters: readonly Cluster[], subjectId: SubjectId): Cluster | undefined =>
  clusters.find(({ members }) => members.includes(subjectId))

/** The accounts whose person is made up otherwise than before, in the order of their ids. */
export const changedMembers = ({ before, after }: Pick<ClusterChange, 'before' | 'after'>) =>
  after
    .flatMap((cluster) =>
      cluster.members.filter((member) => {
        const was = clusterIn(before, member)
        return was === undefined || !sameCluster(was, cluster)
      }),
    )
    .sort()

/**
 * Keeps the clusters that are other ones now, and tells of the change: in the trail and the stream of every account it
 * reaches, and of the two that the link names in any case.
 */
export async function recordChange(
  { entropy }: { readonly entropy: Entropy },
  { links, audit, outbox }: Pick<LinkingStores, 'links'> & Proofs,
  change: ClusterChange,
  told: {
    readonly done: 'subject.linked' | 'subject.unlinked'
    readonly actor: Actor
    readonly evidence?: Evidence
    readonly reason?: string
    readonly facts: NonNullable<AuditEntry['facts']>
    readonly payload?: object
  },
): Promise<void> {
  const { link, after, at } = change
  const changed = changedMembers(change)
  await links.keepClusters(
    after.filter(({ members }) => members.some((member) => changed.includes(member))),
    at,
  )
  for (const subjectId of [...new Set([...changed, ...link.subjects])].sort()) {
    const { canonical, members } = clusterIn(after, subjectId) ?? {
      canonical: subjectId,
      members: [subjectId],
    }
    await audit.record({
      action: told.done,
      actor: told.actor,
      at,
      subjectId,
      ...(told.reason === undefined ? {} : { reason: told.reason }),
      ...(told.evidence === undefined ? {} : { evidence: told.evidence }),
      facts: { ...told.facts, linkId: link.linkId, accounts: link.subjects, canonical, members },
    })
    await outbox.add(
      linkingEvent(entropy, told.done, subjectId, at, {
        linkId: link.linkId,
        canonical,
        members,
        ...told.payload,
      }),
    )
  }
}

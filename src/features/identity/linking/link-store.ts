import type { SubjectId } from '../../../kernel/ids.ts'
import type { Cluster } from './cluster.ts'
import type { LinkEnd, LinkId, SubjectLink } from './link.ts'

export interface KeptLink {
  readonly link: SubjectLink
  readonly end: LinkEnd | undefined
}

export interface LinkReads {
  /** Of each subject the cluster it is in, in the order asked; of an account linked to no other, itself alone. */
  clustersOf(subjects: readonly SubjectId[]): Promise<readonly Cluster[]>
  /** Links in force that any of these subjects has, each once, oldest first. */
  inForce(subjects: readonly SubjectId[]): Promise<readonly SubjectLink[]>
  /** Every link a subject ever had, oldest first. */
  history(subjectId: SubjectId): Promise<readonly KeptLink[]>
  find(subjectId: SubjectId, linkId: LinkId): Promise<KeptLink | undefined>
}

/**
 * Port. Promises: links and their ends are only ever added; of any number of parallel ends of one link exactly one is
 * true; both accounts of a link see it, and its end, or neither does. What `keepClusters` keeps is true only while the
 * caller holds every member.
 */
export interface LinkStore extends LinkReads {
  add(link: SubjectLink): Promise<void>
  end(link: SubjectLink, end: LinkEnd): Promise<boolean>
  keepClusters(clusters: readonly Cluster[], at: Date): Promise<void>
}

/** Port of whoever keeps data-subject requests. Promises: read on the transaction of the unit it is part of. */
export interface OpenRequests {
  openOf(subjects: readonly SubjectId[]): Promise<readonly SubjectId[]>
}

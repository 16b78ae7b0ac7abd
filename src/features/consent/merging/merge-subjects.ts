import type { Proofs } from '../../../kernel/work.ts'
import {
  type ClusterChange,
  type LinkingParts,
  type LinkingStores,
  type LinkOutcome,
  type LinkSubjects,
  linkSubjects,
  type UnlinkOutcome,
  type UnlinkSubjects,
  unlinkSubjects,
} from '../../identity/index.ts'
import type { PermissionStores } from '../permissions/permission-store.ts'
import { type PersonStores, subjectsMerged, subjectsUnmerged } from './person-store.ts'

export type MergingStores = LinkingStores & PermissionStores & PersonStores

/** Its `work` is one that redecides: see `redecidingWork`. */
export type MergingParts = LinkingParts<MergingStores>

/** All accounts the change reaches are held by now, and their links stand as they will. */
const outdating =
  (because: string) =>
  ({ persons }: MergingStores & Proofs, { after, at }: ClusterChange): Promise<void> =>
    persons.outdate(
      after.flatMap(({ members }) => members),
      at,
      because,
    )

/**
 * Makes two accounts one person's: link, cluster and what may be done with the data of every account of the person from now
 * on are one unit. No event moves; a no of one account counts for all of them, and nothing is permitted that was not.
 */
export const mergeSubjects = (parts: MergingParts, command: LinkSubjects): Promise<LinkOutcome> =>
  linkSubjects(parts, command, outdating(subjectsMerged))

/** Ends a link. Every account is decided on its own ledger again, as if there had never been one. */
export const unmergeSubjects = (parts: MergingParts, command: UnlinkSubjects): Promise<UnlinkOutcome> =>
  unlinkSubjects(parts, command, outdating(subjectsUnmerged))

import { unavailable } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Proofs } from '../../../kernel/work.ts'
import {
  type ClusterChange,
  type LinkingParts,
  type LinkingStores,
  type LinkOutcome,
  type LinkReads,
  type LinkSubjects,
  linkSubjects,
  type UnlinkOutcome,
  type UnlinkSubjects,
  unlinkSubjects,
} from '../../identity/index.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { PermissionReads } from '../permissions/permission-reads.ts'
import type { PermissionStores } from '../permissions/permission-store.ts'
import type { AccountReader } from './account-reader.ts'
import { AccountsMovedOn, redecideAccounts } from './redecide-accounts.ts'

export type MergingStores = LinkingStores & PermissionStores

export interface MergingParts extends LinkingParts<MergingStores> {
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly facts: Pick<AccountReader, 'accounts'>
  readonly reads: Pick<PermissionReads, 'keysOf'>
  readonly links: Pick<LinkReads, 'clustersOf' | 'find'>
}

/** Each time somebody else recorded for one of the accounts or linked one of them; a whole unit of theirs got in between. */
const attempts = 40

/**
 * Makes two accounts one person's: link, cluster and what may be done with the data of every account of the person from now
 * on are one unit. No event moves; a no of one account counts for all of them, and nothing is permitted that was not.
 */
export const mergeSubjects = (parts: MergingParts, command: LinkSubjects): Promise<LinkOutcome> =>
  untilSettled(parts, command.subjects, 'consent.subjects-merged', (within) =>
    linkSubjects(parts, command, within),
  )

/** Ends a link. Every account is decided on its own ledger again, as if there had never been one. */
export async function unmergeSubjects(parts: MergingParts, command: UnlinkSubjects): Promise<UnlinkOutcome> {
  const found = await parts.links.find(command.subjectId, command.linkId)
  const named = found?.link.subjects ?? [command.subjectId]
  return untilSettled(parts, named, 'consent.subjects-unmerged', (within) =>
    unlinkSubjects(parts, command, within),
  )
}

/** Reads the accounts the change will reach, lets it happen, and decides them again in it; or looks again from the start. */
async function untilSettled<Outcome>(
  parts: MergingParts,
  named: readonly SubjectId[],
  because: string,
  act: (within: (tx: MergingStores & Proofs, change: ClusterChange) => Promise<void>) => Promise<Outcome>,
): Promise<Outcome> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const clusters = await parts.links.clustersOf(named)
    const members = [...new Set(clusters.flatMap((cluster) => cluster.members))]
    const [accounts, keys] = await Promise.all([
      parts.facts.accounts(members),
      Promise.all(members.map((member) => parts.reads.keysOf(member))),
    ])
    const before = new Map(members.map((member, place) => [member, keys[place] ?? []]))
    try {
      return await act(async (tx, { after, at }) => {
        const held = after.flatMap((cluster) => cluster.members)
        if (held.length !== accounts.size || held.some((member) => !accounts.has(member)))
          throw new AccountsMovedOn()
        const links = (await tx.links.inForce(held)).filter((link) => link.kind === 'same-person')
        await redecideAccounts(
          { entropy: parts.entropy, registry: parts.registry.current() },
          tx,
          { accounts, before, links },
          { at, because },
        )
      })
    } catch (error) {
      if (!(error instanceof AccountsMovedOn)) throw error
    }
  }
  throw unavailable('links-busy', 'These accounts are being changed by somebody else. Try again.', 1)
}

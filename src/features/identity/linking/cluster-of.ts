import type { Actor } from '../../../kernel/actor.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { alone, type Cluster } from './cluster.ts'
import { checkMayLink, type SamePerson } from './link.ts'
import type { LinkReads } from './link-store.ts'

export interface PersonAccounts {
  readonly cluster: Cluster
  /** The links in force that hold it together, each with who said so, by which rule and on what proof. */
  readonly links: readonly SamePerson[]
}

/** Which accounts are one person's with this one, and why. The person may know it of themselves (GDPR Art. 15). */
export async function clusterOf(
  { links }: { readonly links: Pick<LinkReads, 'clustersOf' | 'inForce'> },
  { subjectId, actor }: { readonly subjectId: SubjectId; readonly actor: Actor },
): Promise<PersonAccounts> {
  const themselves = actor.kind === 'subject' && actor.subjectId === subjectId
  if (!themselves) checkMayLink(actor)
  const [cluster = alone(subjectId)] = await links.clustersOf([subjectId])
  const held = await links.inForce(cluster.members)
  return { cluster, links: held.filter((link) => link.kind === 'same-person') }
}

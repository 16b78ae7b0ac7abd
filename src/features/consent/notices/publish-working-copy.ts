import type { Clock } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import type { PublishedRegistry } from '../published.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import type { RegistryStores } from '../registry-store.ts'
import { type PublishedDocument, publishDocument } from './publish-document.ts'
import { changedMeanwhile } from './save-working-copy.ts'
import { isStillSo, type SeenPurpose } from './working-copy.ts'
import type { WorkingCopyStores } from './working-copy-store.ts'

/**
 * Puts what was written in force, with all its words, in one unit: a purpose is never drafted without its notices, or worded and
 * left behind. Refused when it is not what was looked at, so that nobody is asked again under a text that nobody confirmed.
 */
export async function publishWorkingCopy(
  parts: {
    readonly work: Work<RegistryStores & WorkingCopyStores>
    readonly clock: Clock
    readonly registry: PublishedRegistry
  },
  command: RegistryAct & {
    readonly purpose: string
    readonly seen: SeenPurpose
    readonly despiteFindings: boolean
  },
): Promise<PublishedDocument> {
  const { purpose, seen, despiteFindings } = command
  return parts.work(async (tx) => {
    const versions = await tx.registry.versionsOf(purpose)
    const copy = await tx.workingCopies.lock(purpose)
    if (copy === undefined) throw notFound('purpose-draft-missing', 'There is no draft of this purpose.')
    if (!isStillSo(seen, versions, copy)) throw changedMeanwhile()
    const published = await publishDocument(
      { work: (act) => act(tx), clock: parts.clock, registry: parts.registry },
      { ...saidBy(command), document: copy.document, despiteFindings },
    )
    await tx.workingCopies.remove(purpose)
    return published
  })
}

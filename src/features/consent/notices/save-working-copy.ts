import { actorRef } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { conflict, type FieldIssue, invalid } from '../../../kernel/errors.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { PublishedRegistry } from '../published.ts'
import { changesScope, checkDraft } from '../purpose-draft.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import type { RegistryStores } from '../registry-store.ts'
import type { PurposeDocument } from './purpose-document.ts'
import { isStillSo, type Revision, type SeenPurpose } from './working-copy.ts'
import type { WorkingCopyStores } from './working-copy-store.ts'

export interface SaveWorkingCopy extends RegistryAct {
  readonly document: PurposeDocument
  readonly seen: SeenPurpose
}

/** Names that stand for nothing here would be promised to customers and could never be kept. */
function unknownNames({ purpose }: PurposeDocument, registry: PublishedRegistry): readonly FieldIssue[] {
  return [
    ...purpose.attributes
      .filter((id) => !registry.attributes.has(id))
      .map(() => ({ field: 'attributes', code: 'purpose-attribute-unknown' })),
    ...purpose.recipients
      .filter((id) => !registry.systemNames.has(id))
      .map(() => ({ field: 'recipients', code: 'purpose-recipient-unknown' })),
  ]
}

/**
 * Keeps what somebody has written of the next version, ready or not; the linter's findings do not stand in its way. Refused
 * when the purpose or its draft is no longer what they had before them: then nothing is saved.
 */
export async function saveWorkingCopy(
  parts: {
    readonly work: Work<RegistryStores & WorkingCopyStores>
    readonly clock: Clock
    readonly entropy: Entropy
    readonly registry: PublishedRegistry
  },
  command: SaveWorkingCopy,
): Promise<Revision> {
  const { actor, document, seen } = command
  const { id } = document.purpose
  checkDraft(document.purpose)
  const unknown = unknownNames(document, parts.registry)
  if (unknown.length > 0) {
    throw invalid('purpose-name-unknown', 'The catalogue has no such attribute or recipient.', unknown)
  }
  return parts.work(async ({ registry, workingCopies, audit }) => {
    const at = parts.clock.now()
    const versions = await registry.versionsOf(id)
    const before = await workingCopies.lock(id)
    if (!isStillSo(seen, versions, before)) throw changedMeanwhile()
    const latest = versions.at(-1)
    if (
      latest !== undefined &&
      document.purpose.change === 'editorial' &&
      changesScope(document.purpose, latest)
    ) {
      throw invalid('purpose-change-is-material', 'What is done with whose data changes, so it is no edit.', [
        { field: 'change', code: 'purpose-change-is-material' },
      ])
    }
    const revision = parts.entropy.id<'purpose-revision'>()
    const copy = { purpose: id, revision, document, savedBy: actorRef(actor), savedAt: at }
    if (!(await workingCopies.put(copy, before?.revision))) throw changedMeanwhile()
    await audit.record({
      action: 'consent.purpose-draft-saved',
      ...saidBy(command),
      at,
      about: `purpose:${id}`,
      facts: { change: document.purpose.change, languages: document.notices.map(({ language }) => language) },
    })
    return revision
  })
}

export const changedMeanwhile = () =>
  conflict('purpose-changed-meanwhile', 'Somebody changed this purpose meanwhile; nothing was saved.')

import type { Clock } from '../../kernel/clock.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import { changesScope, checkDraft, type PurposeDraft } from './purpose-draft.ts'
import { type RegistryAct, saidBy } from './registry-act.ts'
import type { RegistryStores } from './registry-store.ts'

/**
 * Writes down the next version of a purpose. Nothing is asked or decided by a draft; notices are written against it, then
 * it is published. Returns the version's number.
 */
export async function draftPurpose(
  { work, clock }: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: RegistryAct & { readonly draft: PurposeDraft },
): Promise<number> {
  const { draft } = command
  checkDraft(draft)
  return work(async ({ registry, audit }) => {
    const at = clock.now()
    const versions = await registry.versionsOf(draft.id)
    if (versions.some(({ state }) => state === 'draft')) {
      throw conflict('purpose-draft-exists', 'This purpose already has a draft; publish it first.')
    }
    const latest = versions.at(-1)
    if (latest !== undefined && draft.change === 'editorial' && changesScope(draft, latest)) {
      throw invalid('purpose-change-is-material', 'What is done with whose data changes, so it is no edit.')
    }
    const version = (latest?.version ?? 0) + 1
    if (latest === undefined) await registry.addPurpose(draft.id, draft.class, draft.position ?? 100, at)
    const reconsentMin = latest === undefined || draft.change === 'material' ? version : latest.reconsentMin
    await registry.addVersion(draft, version, reconsentMin)
    await audit.record({
      action: 'consent.purpose-drafted',
      ...saidBy(command),
      at,
      about: `purpose:${draft.id}`,
      facts: { version, bases: draft.bases, change: draft.change },
    })
    return version
  })
}

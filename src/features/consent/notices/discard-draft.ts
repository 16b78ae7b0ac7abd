import type { Clock } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import type { RegistryStores } from '../registry-store.ts'

/**
 * Gives up a draft. Its number is spent and its row stays, superseded without ever having been in force: nothing in the
 * registry is deleted, and what was published cannot be, not even by the owner of the tables.
 */
export async function discardDraft(
  { work, clock }: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: RegistryAct & { readonly purpose: string },
): Promise<number> {
  const { purpose } = command
  return work(async ({ registry, audit }) => {
    const at = clock.now()
    const draft = (await registry.versionsOf(purpose)).find(({ state }) => state === 'draft')
    if (draft === undefined) throw notFound('purpose-draft-missing', 'There is no draft of this purpose.')
    await registry.moveVersion(purpose, draft.version, 'superseded', at)
    await audit.record({
      action: 'consent.purpose-draft-discarded',
      ...saidBy(command),
      at,
      about: `purpose:${purpose}`,
      facts: { version: draft.version },
    })
    return draft.version
  })
}

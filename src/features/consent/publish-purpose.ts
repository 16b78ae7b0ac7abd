import type { Clock } from '../../kernel/clock.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import { type RegistryAct, saidBy } from './registry-act.ts'
import type { RegistryStores } from './registry-store.ts'

/**
 * Puts a drafted version in force; the one before it is superseded. Not without a notice: what a person cannot be told,
 * nobody may do (GDPR Art. 13). Returns the version now in force.
 */
export async function publishPurpose(
  { work, clock }: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: RegistryAct & {
    readonly purpose: string
    /** What was found wrong with its words, where it is published all the same. */
    readonly despite?: readonly string[]
  },
): Promise<number> {
  const { purpose, despite = [] } = command
  return work(async ({ registry, audit }) => {
    const at = clock.now()
    const versions = await registry.versionsOf(purpose)
    const draft = versions.find(({ state }) => state === 'draft')
    if (draft === undefined) throw notFound('purpose-draft-missing', 'There is no draft of this purpose.')
    if ((await registry.countNotices(purpose, draft.version)) === 0) {
      throw conflict('purpose-without-notice', 'Write the notice of this version before publishing it.')
    }
    for (const { version, state } of versions) {
      if (state === 'active') await registry.moveVersion(purpose, version, 'superseded', at)
    }
    await registry.moveVersion(purpose, draft.version, 'active', at)
    await audit.record({
      action: 'consent.purpose-published',
      ...saidBy(command),
      at,
      about: `purpose:${purpose}`,
      facts: {
        version: draft.version,
        reconsentMin: draft.reconsentMin,
        ...(despite.length === 0 ? {} : { despite: [...despite] }),
      },
    })
    return draft.version
  })
}

import type { Clock } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { type RegistryAct, saidBy } from '../registry-act.ts'
import { changedMeanwhile } from './save-working-copy.ts'
import type { Revision } from './working-copy.ts'
import type { WorkingCopyStores } from './working-copy-store.ts'

/** Throws away what was written of the next version. It was never in force and nobody was asked under it. */
export async function discardWorkingCopy(
  { work, clock }: { readonly work: Work<WorkingCopyStores>; readonly clock: Clock },
  command: RegistryAct & { readonly purpose: string; readonly revision: Revision },
): Promise<void> {
  const { purpose, revision } = command
  await work(async ({ workingCopies, audit }) => {
    const copy = await workingCopies.lock(purpose)
    if (copy === undefined) throw notFound('purpose-draft-missing', 'There is no draft of this purpose.')
    if (copy.revision !== revision) throw changedMeanwhile()
    await workingCopies.remove(purpose)
    await audit.record({
      action: 'consent.purpose-draft-discarded',
      ...saidBy(command),
      at: clock.now(),
      about: `purpose:${purpose}`,
    })
  })
}

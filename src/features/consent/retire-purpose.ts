import type { Clock } from '../../kernel/clock.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import { type RegistryAct, saidBy } from './registry-act.ts'
import type { RegistryStores } from './registry-store.ts'

/**
 * Ends a purpose: from the next decision on nobody may use anything for it, whatever was agreed to. Once only: a decision of
 * a past day is explained by the day the purpose ended, which therefore never moves.
 */
export async function retirePurpose(
  { work, clock }: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: RegistryAct & { readonly purpose: string; readonly reason: string },
): Promise<void> {
  await work(async ({ registry, audit }) => {
    const at = clock.now()
    const versions = await registry.versionsOf(command.purpose)
    if (versions.length === 0) throw notFound('purpose-unknown', 'There is no such purpose.')
    if (!(await registry.retirePurpose(command.purpose, at))) {
      throw conflict('purpose-already-retired', 'This purpose has been retired before.')
    }
    await audit.record({
      action: 'consent.purpose-retired',
      ...saidBy(command),
      at,
      about: `purpose:${command.purpose}`,
      reason: command.reason,
    })
  })
}

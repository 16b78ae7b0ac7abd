import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import { decidedIn, type OfficersDecision } from './officer.ts'
import type { RegistryStores } from './registry-store.ts'
import type { RulePack } from './rule-pack.ts'

/** Adds a dated version of a jurisdiction's law. Never an edit: an answer of last year must stay explicable. */
export async function publishRulePack(
  { work, clock }: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: { readonly actor: Actor; readonly pack: RulePack; readonly decision?: OfficersDecision },
): Promise<void> {
  const { actor, pack } = command
  const decided = decidedIn(command.decision)
  await work(async ({ registry, audit }) => {
    const at = clock.now()
    if (!(await registry.addRulePack(pack, at))) {
      throw conflict('rule-pack-published', 'This version of the rule pack is published and cannot change.')
    }
    await audit.record({
      action: 'consent.rule-pack-published',
      actor,
      at,
      about: `rule-pack:${pack.jurisdiction}`,
      ...decided.reason,
      facts: { version: pack.version, ...decided.facts },
    })
  })
}

import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Work } from '../../../kernel/work.ts'
import { mustBeOfficer, type OfficersDecision } from '../officer.ts'
import { publishRulePack } from '../publish-rule-pack.ts'
import type { RegistryStores } from '../registry-store.ts'
import type { RulePack } from '../rule-pack.ts'

/**
 * A version of the law as this house reads it, such as with the switches that counsel has signed. Which reading is followed
 * is the officer's decision; from then on an update of the product ships no version over it.
 */
export async function publishOwnRulePack(
  parts: { readonly work: Work<RegistryStores>; readonly clock: Clock },
  command: { readonly actor: Actor; readonly decision?: OfficersDecision; readonly pack: RulePack },
): Promise<void> {
  mustBeOfficer(command)
  await publishRulePack(parts, { ...command, pack: { ...command.pack, own: true } })
}

/**
 * The shipped versions a house does not hold yet, in the order they are to be published. None of a jurisdiction whose newest
 * version is the house's own: whoever reads the law for themselves is not overruled by an update.
 */
export function unpublished(
  shipped: ReadonlyMap<string, readonly RulePack[]>,
  known: ReadonlyMap<string, readonly RulePack[]>,
): readonly RulePack[] {
  return [...shipped].flatMap(([jurisdiction, versions]) => {
    const held = known.get(jurisdiction) ?? []
    if (held[0]?.own === true) return []
    return versions.filter(({ version }) => !held.some((one) => one.version === version))
  })
}

import type { Clock } from '../../../kernel/clock.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { everyKey } from '../affected-keys.ts'
import type { Facts } from '../facts.ts'
import type { FactsReader } from '../facts-reader.ts'
import { decideKey } from '../key-decision.ts'
import type { PublishedRegistry } from '../published.ts'
import type { RulePack } from '../rule-pack.ts'

/** Port. Promises: people whose account is not erased, by where they live, in the order of ids. */
export interface PeopleUnderLaw {
  count(jurisdiction: string): Promise<number>
  page(jurisdiction: string, after: SubjectId | undefined, limit: number): Promise<readonly SubjectId[]>
}

/** What a version of the law would do, told before it is published. */
export interface RulePackImpact {
  /** People who live there: each is decided again. */
  readonly decidedAgain: number
  /** Of how many the answers were compared; the first ones by id, where there are very many. */
  readonly compared: number
  /** People with at least one answer that would be another. */
  readonly changed: number
  /** Of these: something is permitted that is not now; something no longer is. */
  readonly gain: number
  readonly lose: number
  /** The moment the answers were compared at: now, or when the version comes into force. */
  readonly at: Date
}

const page = 200

/** The registry with one more version of a jurisdiction's law, as if it had just been published. */
export const withRulePack = (registry: PublishedRegistry, pack: RulePack): PublishedRegistry => ({
  ...registry,
  packs: new Map(registry.packs).set(pack.jurisdiction, [
    pack,
    ...(registry.packs.get(pack.jurisdiction) ?? []),
  ]),
})

/** Decides everybody who lives there by both versions, with the one decision; nothing is written. */
export async function foreseeRulePack(
  parts: {
    readonly people: PeopleUnderLaw
    readonly facts: FactsReader
    readonly registry: PublishedRegistry
    readonly clock: Clock
  },
  pack: RulePack,
  { most = 20_000 }: { readonly most?: number } = {},
): Promise<RulePackImpact> {
  const { people, facts, registry } = parts
  const at = Math.max(parts.clock.now().getTime(), pack.validFrom)
  const next = withRulePack(registry, pack)
  const impact = { compared: 0, changed: 0, gain: 0, lose: 0 }
  let after: SubjectId | undefined
  while (impact.compared < most) {
    const subjects = await people.page(pack.jurisdiction, after, Math.min(page, most - impact.compared))
    for (const known of await Promise.all(subjects.map((one) => facts.find(one)))) {
      impact.compared += 1
      if (known === undefined) continue
      const { gains, loses } = difference(known.facts, registry, next, at)
      if (gains || loses) impact.changed += 1
      if (gains) impact.gain += 1
      if (loses) impact.lose += 1
    }
    after = subjects.at(-1)
    if (subjects.length < page) break
  }
  const decidedAgain = await people.count(pack.jurisdiction)
  return { decidedAgain, ...impact, at: new Date(at) }
}

function difference(facts: Facts, registry: PublishedRegistry, next: PublishedRegistry, at: number) {
  let gains = false
  let loses = false
  // The new version may bring soft opt-in, whose keys only it has.
  for (const key of everyKey(next, facts)) {
    const before = decideKey(key, facts, registry, at).attributes
    const after = decideKey(key, facts, next, at).attributes
    gains ||= after.some((attribute) => !before.includes(attribute))
    loses ||= before.some((attribute) => !after.includes(attribute))
  }
  return { gains, loses }
}

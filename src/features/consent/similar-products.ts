import type { ContactChannel } from '../../kernel/evidence.ts'
import type { SubjectFacts } from './facts.ts'
import type { Registry } from './registry.ts'

/** In a kept permission: decided without a category, as a question that names none. */
export const noCategory = '*'

/** Every category that is like something the person bought: of no other can soft opt-in ever permit anything. */
export function categoriesLike(
  { purchases }: Pick<SubjectFacts, 'purchases'>,
  families: Registry['productFamilies'],
): readonly string[] {
  const bought = new Set(purchases.map(({ category }) => category))
  if (bought.size === 0) return []
  const similar = [...families.values()].filter((categories) => categories.some((one) => bought.has(one)))
  return [...new Set([...bought, ...similar.flat()])].filter((one) => one !== noCategory).sort()
}

const known = new WeakMap<Registry, ReadonlySet<string>>()

/**
 * Whether soft opt-in is a basis of the purpose on this contact channel anywhere, by any version of any law: the same for every
 * person, so that whoever moves, or whose law changes, keeps their rows and has each of them decided again.
 */
export function restsOnPurchases(
  registry: Registry,
  purpose: string,
  contactChannel: ContactChannel,
): boolean {
  const found = known.get(registry) ?? collect(registry)
  known.set(registry, found)
  return found.has(`${purpose} ${contactChannel}`) || found.has(`${purpose} ${noCategory}`)
}

function collect({ packs, strictest, purposes }: Registry): ReadonlySet<string> {
  const found = new Set<string>()
  for (const pack of [strictest, ...[...packs.values()].flat()]) {
    for (const [purpose, byChannel] of Object.entries(pack.bases)) {
      for (const [contactChannel, bases] of Object.entries(byChannel)) {
        if (bases?.includes('soft_opt_in')) found.add(`${purpose} ${contactChannel}`)
      }
    }
  }
  for (const { id, bases } of purposes.values()) {
    if (bases.includes('soft_opt_in')) found.add(`${id} ${noCategory}`)
  }
  return found
}

import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { PublishedRegistry } from '../published.ts'

const known = new WeakMap<PublishedRegistry, Map<string, string>>()

/**
 * A short hash of everything in the registry that a decision about this purpose rests on, over all people: the purpose, the
 * law, the strictest default this version ships, special attributes, product families, brands. Two registries with the
 * same mark give the same decisions; wordings and the order on screens are not in it, so an edit of words re-decides nobody.
 */
export function decisiveMark(registry: PublishedRegistry, purpose: string): string {
  const marks = known.get(registry) ?? new Map<string, string>()
  known.set(registry, marks)
  const before = marks.get(purpose)
  if (before !== undefined) return before
  const described = registry.purposes.get(purpose)
  const text = canonicalize(
    JSON.parse(
      JSON.stringify({
        purpose: described,
        contactChannels: registry.active.get(purpose)?.contactChannels ?? [],
        packs: [...registry.packs].sort(([a], [b]) => (a < b ? -1 : 1)),
        strictest: registry.strictest,
        special: (described?.attributes ?? []).filter((id) => registry.specialAttributes.has(id)),
        families: [...registry.productFamilies],
        brands: [...registry.brands.values()].map(({ id, controller }) => [id, controller]),
      }),
    ),
  )
  const mark = createHash('sha256')
    .update(text ?? '', 'utf8')
    .digest('base64url')
    .slice(0, 22)
  marks.set(purpose, mark)
  return mark
}

import type { TouchpointTree } from '../../kernel/touchpoint.ts'

/**
 * Whether a role held at `at` reaches `target`. Undefined is the whole house: held there it reaches everything, and only
 * there it reaches what belongs to no touchpoint. A touchpoint nobody knows is reached by nobody but the whole house.
 */
export function covers(tree: TouchpointTree, at: string | undefined, target: string | undefined): boolean {
  if (at === undefined) return true
  const seen = new Set<string>()
  let place = target
  while (place !== undefined && tree.has(place) && !seen.has(place)) {
    if (place === at) return true
    seen.add(place)
    place = tree.get(place)
  }
  return false
}

import type { House } from '../../src/compose.ts'
import { registerTouchpoint } from '../../src/features/touchpoints/index.ts'
import { places } from './places.ts'
import { seeder } from './seed-registry.ts'

/** Brand, region, stores, terminals and desks; what is there already stays, closed or not. */
export async function seedPlaces({ places: parts, touchpoints }: House): Promise<void> {
  await touchpoints.refresh()
  for (const touchpoint of places) {
    if (touchpoints.find(touchpoint.id) !== undefined) continue
    await registerTouchpoint(parts, { actor: seeder, touchpoint })
  }
  await touchpoints.refresh()
}

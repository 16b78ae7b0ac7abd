import { purposeMatches } from '../consent/index.ts'
import { mayReceive, type ReleaseMatter } from '../recipients/index.ts'
import type { TillParts } from './till-parts.ts'

/**
 * In the name of which purposes a till may choose an offer for somebody now: those of personalisation that its system is
 * registered for and the decision permits. What the offer is, the till's own system knows.
 */
export function permittedOffers(
  { registry, house, clock }: Pick<TillParts, 'registry' | 'house' | 'clock'>,
  { known }: Pick<ReleaseMatter, 'known'>,
  system: string,
): readonly string[] {
  const current = registry.current()
  const registered = current.systems.get(system)?.purposes ?? []
  const now = clock.now().getTime()
  return current.order.filter(
    (purpose) =>
      current.purposes.get(purpose)?.class === 'personalisation' &&
      registered.some((glob) => purposeMatches(glob, purpose)) &&
      mayReceive(system, [purpose], known.facts, current, house, now),
  )
}

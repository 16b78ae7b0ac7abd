import { decide, type Facts, type PublishedRegistry } from '../consent/index.ts'
import type { House } from './decide-release.ts'

/** True when a system may be given anything about the person now, for any of these purposes. Pure. */
export const mayReceive = (
  recipientId: string,
  purposes: readonly string[],
  facts: Facts,
  registry: PublishedRegistry,
  house: House,
  now: number,
): boolean =>
  purposes.some((purpose) => {
    const version = registry.active.get(purpose)
    return (version?.contactChannels ?? []).some((contactChannel) =>
      (version?.attributes ?? []).some(
        (attribute) =>
          decide({ ...house, system: recipientId, purpose, contactChannel, attribute }, facts, registry, now)
            .decision === 'PERMIT',
      ),
    )
  })

import { decide, type LegalBasis, type PublishedRegistry, type Query } from '../consent/index.ts'
import type { AskingClient, ReleaseMatter } from './release-reader.ts'
import type { WantedAttribute } from './scope-claims.ts'

export interface House {
  readonly controller: string
  readonly brand: string
}

/** What may leave, and on what ground. */
export interface Permitted {
  readonly wanted: WantedAttribute
  readonly purpose: string
  readonly purposeVersion: number
  readonly basis: LegalBasis
  readonly evidenceEventId: string | undefined
}

/**
 * What a client may ask in the name of. One that was registered for a purpose asks for that alone, on its contact
 * channel. One of ours serves the person, so it asks in the name of the service purposes its system is registered for.
 * Everybody else asks in the name of nothing.
 */
function purposesOf(
  client: AskingClient,
  registry: PublishedRegistry,
): readonly Pick<Query, 'purpose' | 'contactChannel'>[] {
  if (client.purposeId !== undefined) {
    return [{ purpose: client.purposeId, contactChannel: client.contactChannel }]
  }
  if (!client.firstParty) return []
  return registry.order
    .filter((purpose) => registry.purposes.get(purpose)?.class === 'service')
    .map((purpose) => ({ purpose, contactChannel: 'none' }))
}

/** Asks the one decision for every attribute that was asked for. Pure. */
export function decideRelease(
  { known, client }: Pick<ReleaseMatter, 'known' | 'client'>,
  wanted: readonly WantedAttribute[],
  registry: PublishedRegistry,
  house: House,
  now: number,
): readonly Permitted[] {
  const brand = client.brandId ?? house.brand
  const controller = registry.brands.get(brand)?.controller ?? house.controller
  const purposes = purposesOf(client, registry)
  return wanted.flatMap((one) => {
    for (const { purpose, contactChannel } of purposes) {
      const answer = decide(
        { system: client.recipientId, purpose, contactChannel, attribute: one.attribute, controller, brand },
        known.facts,
        registry,
        now,
      )
      if (answer.decision !== 'PERMIT' || answer.basis === null) continue
      return [
        {
          wanted: one,
          purpose,
          purposeVersion: registry.active.get(purpose)?.version ?? 0,
          basis: answer.basis,
          evidenceEventId: answer.evidence.find(({ kind }) => kind === 'consent-event')?.ref,
        },
      ]
    }
    return []
  })
}

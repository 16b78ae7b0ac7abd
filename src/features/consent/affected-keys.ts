import type { ConsentEvent } from './consent-event.ts'
import type { Facts } from './facts.ts'
import { covers, type PermissionKey, type PermissionScope, touches } from './permission-key.ts'
import type { PublishedRegistry } from './published.ts'
import { categoriesLike, restsOnPurchases } from './similar-products.ts'

/** What of a person their keys depend on. Without the subject, the keys that no purchase adds to. */
type KeyFacts = Pick<Facts, 'contactPoints' | 'events'> & { readonly subject?: Facts['subject'] }

/**
 * Every key that exports and streams may ask about: brand × purpose × contact channel of what is published, for the
 * contact point in use and for each that the person ever answered for; and where soft opt-in may carry it, the same for every
 * category like something they bought. A no reaches them all, so none may keep an old yes.
 */
export function everyKey(registry: PublishedRegistry, facts: KeyFacts): readonly PermissionKey[] {
  const keys: PermissionKey[] = []
  const categories =
    facts.subject === undefined ? [] : categoriesLike(facts.subject, registry.productFamilies)
  for (const brand of registry.brands.values()) {
    for (const version of registry.active.values()) {
      for (const contactChannel of version.contactChannels) {
        const answeredFor = facts.events
          .filter((event) => event.purpose === version.purpose && event.contactChannel === contactChannel)
          .map((event) => event.contactPoint)
        for (const contactPoint of new Set([facts.contactPoints?.[contactChannel], ...answeredFor])) {
          const key = {
            controller: brand.controller,
            brand: brand.id,
            purpose: version.purpose,
            contactChannel,
            ...(contactPoint === undefined ? {} : { contactPoint }),
          }
          keys.push(key)
          if (categories.length === 0 || !restsOnPurchases(registry, version.purpose, contactChannel))
            continue
          keys.push(...categories.map((campaignCategory) => ({ ...key, campaignCategory })))
        }
      }
    }
  }
  return keys
}

/** Restrictions reach whatever their scope says, which need not be a key; everything of the person is decided again. */
const reachesAll = new Set<ConsentEvent['type']>(['restriction_set', 'restriction_lifted'])

/** A yes pinned to one contact point speaks of the key that asks for it, whichever is in use now. */
const concerns = (event: ConsentEvent, key: PermissionKey): boolean =>
  reachesAll.has(event.type) || touches(event, key) || covers(event satisfies PermissionScope, key)

/** The keys whose kept permission a new fact may change. */
export const affectedKeys = (
  registry: PublishedRegistry,
  facts: KeyFacts,
  fresh: readonly ConsentEvent[],
): readonly PermissionKey[] =>
  everyKey(registry, facts).filter((key) => fresh.some((event) => concerns(event, key)))

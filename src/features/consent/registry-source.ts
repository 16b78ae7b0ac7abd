import type { PublishedRegistry } from './published.ts'

/**
 * Port. Promises: `fingerprint` is cheap, and differs after any committed change of purposes, notices, rule packs,
 * recipients, attributes, product families, brands or controllers, by whichever way the change was made; `load` reads from the primary and
 * carries a fingerprint taken no later than what it read.
 */
export interface RegistrySource {
  fingerprint(): Promise<string>
  load(): Promise<PublishedRegistry>
  /**
   * As it was at a past instant: the version of each purpose then in force, the notices, rule packs and product families there were, and the
   * systems as they were registered. Names, addresses, brands and controllers are those of today: no decision rests on them.
   * Which attributes are special categories (GDPR Art. 9) is said once, when one enters the catalogue: no command changes it.
   */
  loadAsOf(at: Date): Promise<PublishedRegistry>
}

import type { PublishedRegistry } from './published.ts'

/**
 * Port. Promises: `fingerprint` is cheap, and differs after any committed change of purposes, notices, rule packs,
 * recipients, attributes, brands or controllers, by whichever way the change was made; `load` reads from the primary and
 * carries a fingerprint taken no later than what it read.
 */
export interface RegistrySource {
  fingerprint(): Promise<string>
  load(): Promise<PublishedRegistry>
  /**
   * As it was published at a past instant: the version of each purpose then in force, and the notices and rule packs there
   * were. Recipients, attributes, brands and controllers keep no history and are those of today.
   */
  loadAsOf(at: Date): Promise<PublishedRegistry>
}

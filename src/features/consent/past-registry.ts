import type { PublishedRegistry } from './published.ts'
import type { RegistrySource } from './registry-source.ts'

type Source = Pick<RegistrySource, 'fingerprint' | 'loadAsOf'>

/** Each holds every wording there had been by then, hence few; whoever looks into a day asks about that day again. */
const keptAtMost = 8

/**
 * The registry as it was, read once for each instant that is asked about: a dozen statements, which a client would else
 * have run at each of its questions. What stood at an instant hardly changes, but it may (a publication that was under way
 * commits after it, and names are those of today), so it is kept under the fingerprint of today and read anew after any
 * change. Instants are told apart to the millisecond, as they are recorded. Of those asked about last a few are kept.
 */
export function pastRegistry(source: Source, most: number = keptAtMost): Pick<RegistrySource, 'loadAsOf'> {
  const kept = new Map<string, Promise<PublishedRegistry>>()
  const keep = (name: string, loading: Promise<PublishedRegistry>) => {
    kept.delete(name)
    kept.set(name, loading)
    for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest)
  }
  return {
    loadAsOf: async (at) => {
      // Taken before the reading: what changes in between is read, and asked for under another name afterwards.
      const name = `${at.getTime()} ${await source.fingerprint()}`
      const loading = kept.get(name) ?? source.loadAsOf(at)
      keep(name, loading)
      try {
        return await loading
      } catch (error) {
        if (kept.get(name) === loading) kept.delete(name)
        throw error
      }
    },
  }
}

import type { DisclosureLog } from '../features/recipients/index.ts'
import type { Fetch } from '../oidc/index.ts'
import type { Metrics } from '../platform/log/index.ts'
import type { PasswordHasher } from '../platform/passwords/index.ts'

/** Every release, by recipient and exit. */
export const countedDisclosures = (log: DisclosureLog, metrics: Metrics): DisclosureLog => ({
  write: async (disclosure) => {
    await log.write(disclosure)
    metrics.disclosures.inc({ recipient: disclosure.recipientId, exit: disclosure.exit })
  },
})

/** How long password work takes, waiting included: the first thing to look at when sign-in is slow. */
export function countedHasher(hasher: PasswordHasher, metrics: Metrics): PasswordHasher {
  return {
    ...hasher,
    hash: async (password) => {
      const end = metrics.hashSeconds.startTimer({ work: 'hash' })
      try {
        return await hasher.hash(password)
      } finally {
        end()
      }
    },
    verify: async (hash, password, accountKey) => {
      const end = metrics.hashSeconds.startTimer({ work: 'verify' })
      try {
        return await hasher.verify(hash, password, accountKey)
      } finally {
        end()
      }
    },
  }
}

/** What the outside answered when the engine fetched a client's keys or told one of a sign-out. */
export const countedFetch =
  (fetch: Fetch, metrics: Metrics): Fetch =>
  async (url, init) => {
    try {
      const response = await fetch(url, init)
      metrics.egress.inc({ purpose: 'engine', outcome: response.ok ? 'answered' : 'refused' })
      return response
    } catch (error) {
      metrics.egress.inc({ purpose: 'engine', outcome: 'failed' })
      throw error
    }
  }

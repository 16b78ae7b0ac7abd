import type Provider from 'oidc-provider'
import { secretMatches } from '../platform/crypto/index.ts'
import type { ClientCache } from './client-cache.ts'

/**
 * Replaces the engine's comparison of client secrets, which knows only clear text, by one against the stored SHA-256.
 * Two may live at once, so that a secret can be changed without a gap. Not a documented hook of the engine: pinned by a
 * test that fails if it is no longer called.
 */
export function compareHashedSecrets(provider: Provider, clients: ClientCache): void {
  provider.Client.prototype.compareClientSecret = function compareClientSecret(actual: string): boolean {
    const hashes = clients.find(this.clientId)?.secretHashes ?? []
    // Every hash is looked at, so that the time taken tells nothing about which one matched.
    return hashes.map((hash) => secretMatches(actual, hash)).includes(true)
  }
}

import type { FindResource } from './ports.ts'
import { reloadOnce } from './reload-once.ts'
import type { Resource } from './resource.ts'

export interface ResourceCache {
  readonly find: FindResource
  /** What people read of it. */
  name(identifier: string): string | undefined
  reload(): Promise<void>
}

/** Services of the database, kept in the process and read anew when told. To a client that may not ask there is none. */
export function createResourceCache(read: () => Promise<readonly Resource[]>): ResourceCache {
  let resources: ReadonlyMap<string, Resource> = new Map()
  return {
    find: (indicator, clientId) => {
      const resource = resources.get(indicator)
      if (resource === undefined || !Object.hasOwn(resource.clients, clientId)) return undefined
      const { clients, consentGated, introspectors, tokenFormat, signingAlg, lifetimeSeconds } = resource
      return {
        indicator,
        scopes: clients[clientId] ?? [],
        consentGated,
        introspectors,
        tokens: { format: tokenFormat, algorithm: signingAlg, lifetimeSeconds },
      }
    },
    name: (identifier) => resources.get(identifier)?.name,
    reload: reloadOnce(async () => {
      resources = new Map((await read()).map((resource) => [resource.identifier, resource]))
    }),
  }
}

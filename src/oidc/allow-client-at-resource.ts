import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import { notFound } from '../kernel/errors.ts'
import type { Work } from '../kernel/work.ts'
import type { Resource } from './resource.ts'
import { refusedResource } from './resource-document.ts'
import type { ResourceStores } from './resource-store.ts'

/**
 * Which scopes of a service a client may ask for from now on; none takes the right away, and with it what the client
 * holds: its opaque tokens for the service are dead at the next introspection.
 */
export async function allowClientAtResource(
  { work, clock }: { readonly work: Work<ResourceStores>; readonly clock: Clock },
  command: {
    readonly actor: Actor
    readonly identifier: string
    readonly clientId: string
    readonly scopes: readonly string[]
  },
): Promise<void> {
  const { actor, identifier, clientId, scopes } = command
  await work(async ({ resources, audit }) => {
    const at = clock.now()
    const resource = await resources.find(identifier)
    if (resource === undefined || resource.retiredAt !== undefined) {
      throw notFound('resource-unknown', 'There is no such service, or it is retired already.')
    }
    checkScopes(resource, scopes)
    if (scopes.length === 0 && resource.clients[clientId] === undefined) {
      throw notFound('resource-client-unknown', `${clientId} may not ask for tokens there as it is.`)
    }
    await resources.allow(identifier, clientId, scopes)
    await audit.record({
      action: scopes.length > 0 ? 'oidc.resource-client-allowed' : 'oidc.resource-client-disallowed',
      actor,
      at,
      about: `resource:${identifier}`,
      facts: { client: clientId, scopes },
    })
  })
}

function checkScopes(resource: Resource, scopes: readonly string[]): void {
  const strange = scopes.filter((scope) => !resource.scopes.includes(scope))
  if (strange.length === 0) return
  const words = `names ${strange.join(', ')}, which the service does not have; it has ${resource.scopes.join(', ')}`
  throw refusedResource([{ field: 'scopes', code: 'unknown-scope', words }])
}

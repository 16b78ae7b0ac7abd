import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import { conflict } from '../kernel/errors.ts'
import type { Work } from '../kernel/work.ts'
import type { Resource } from './resource.ts'
import type { ResourceStores } from './resource-store.ts'

/** Registers a service that was parsed at the edge. From the commit on its clients may ask for tokens. */
export async function registerResource(
  { work, clock }: { readonly work: Work<ResourceStores>; readonly clock: Clock },
  { actor, resource }: { readonly actor: Actor; readonly resource: Resource },
): Promise<void> {
  await work(async ({ resources, audit }) => {
    const at = clock.now()
    if (!(await resources.register(resource, at))) {
      throw conflict('resource-exists', 'There is a service with this identifier.')
    }
    await audit.record({
      action: 'oidc.resource-registered',
      actor,
      at,
      about: `resource:${resource.identifier}`,
      facts: {
        tokenFormat: resource.tokenFormat,
        lifetimeSeconds: resource.lifetimeSeconds,
        consentGated: resource.consentGated,
        scopes: resource.scopes,
        introspectors: resource.introspectors,
        clients: Object.keys(resource.clients).sort(),
      },
    })
  })
}

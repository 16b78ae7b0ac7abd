import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import { notFound } from '../kernel/errors.ts'
import type { Work } from '../kernel/work.ts'
import type { ResourceStores } from './resource-store.ts'

/**
 * From now on nobody gets a token for this service, and introspection calls its opaque ones dead. A JWT that is out
 * already is good until it expires, ten minutes at most: nothing can call it back.
 */
export async function retireResource(
  { work, clock }: { readonly work: Work<ResourceStores>; readonly clock: Clock },
  { actor, identifier }: { readonly actor: Actor; readonly identifier: string },
): Promise<void> {
  await work(async ({ resources, audit }) => {
    const at = clock.now()
    if (!(await resources.retire(identifier, at))) {
      throw notFound('resource-unknown', 'There is no such service, or it is retired already.')
    }
    await audit.record({ action: 'oidc.resource-retired', actor, at, about: `resource:${identifier}` })
  })
}

import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import type { Client } from './client.ts'
import type { RecipientStores } from './recipient-store.ts'

/** Replaces a client's OIDC metadata, parsed at the edge. What it may ask for and its secrets stay as they are. */
export async function changeClientMetadata(
  { work, clock }: { readonly work: Work<Pick<RecipientStores, 'clients'>>; readonly clock: Clock },
  command: {
    readonly actor: Actor
    readonly clientId: string
    readonly metadata: Client['metadata']
  },
): Promise<void> {
  const { actor, clientId, metadata } = command
  await work(async ({ clients, audit }) => {
    const at = clock.now()
    if ((await clients.lock(clientId)) === undefined) {
      throw notFound('client-unknown', 'There is no such client.')
    }
    await clients.setMetadata(clientId, metadata, at)
    await audit.record({
      action: 'recipients.client-changed',
      actor,
      at,
      about: `client:${clientId}`,
      facts: { fields: Object.keys(metadata).sort() },
    })
  })
}

import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Work } from '../../kernel/work.ts'
import type { Client } from './client.ts'
import type { RecipientStores } from './recipient-store.ts'

/** Disables a client, or lets it in again. Nothing it holds works while it is disabled. */
export async function setClientState(
  { work, clock }: { readonly work: Work<Pick<RecipientStores, 'clients'>>; readonly clock: Clock },
  command: {
    readonly actor: Actor
    readonly clientId: string
    readonly state: Client['state']
    readonly reason: string
  },
): Promise<void> {
  const { actor, clientId, state, reason } = command
  await work(async ({ clients, audit }) => {
    const at = clock.now()
    if ((await clients.lock(clientId)) === undefined) {
      throw notFound('client-unknown', 'There is no such client.')
    }
    await clients.setState(clientId, state, at)
    await audit.record({
      action: state === 'disabled' ? 'recipients.client-disabled' : 'recipients.client-enabled',
      actor,
      at,
      about: `client:${clientId}`,
      reason,
    })
  })
}

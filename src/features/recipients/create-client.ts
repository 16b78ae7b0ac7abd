import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { newClientSecret } from './client-secret.ts'
import type { ClientRegistration } from './client-store.ts'
import type { RecipientStores } from './recipient-store.ts'

/**
 * Registers a client. `metadata` is OIDC metadata that was parsed at the edge. A client that authenticates by a secret
 * gets one here, and never again: the answer is the only place it is ever readable.
 */
export async function createClient(
  parts: {
    readonly work: Work<Pick<RecipientStores, 'clients'>>
    readonly clock: Clock
    readonly entropy: Entropy
  },
  command: { readonly actor: Actor; readonly client: ClientRegistration },
): Promise<{ readonly secret: string | undefined }> {
  const { actor, client } = command
  if (!client.firstParty && client.purposeId === undefined) {
    throw invalid('client-without-purpose', 'A client that is not ours asks for one registered purpose.', [
      { field: 'purposeId', code: 'client-without-purpose' },
    ])
  }
  const method = client.metadata['token_endpoint_auth_method']
  const bySecret = method === 'client_secret_basic' || method === 'client_secret_post'
  const made = bySecret ? newClientSecret(parts.entropy) : undefined
  await parts.work(async ({ clients, audit }) => {
    const at = parts.clock.now()
    const added = await clients.insert(client, made === undefined ? [] : [made.hash], at)
    if (!added) throw conflict('client-exists', 'There is a client with this id.')
    await audit.record({
      action: 'recipients.client-created',
      actor,
      at,
      about: `client:${client.clientId}`,
      facts: {
        recipient: client.recipientId,
        purpose: client.purposeId ?? null,
        contactChannel: client.contactChannel,
        firstParty: client.firstParty,
      },
    })
  })
  return { secret: made?.secret }
}

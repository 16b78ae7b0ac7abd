import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { newClientSecret } from './client-secret.ts'
import type { RecipientStores } from './recipient-store.ts'

/**
 * Makes a new secret; the one before it goes on working, so that a client can be changed over without a gap. At most two
 * are alive: a third rotation ends the oldest. `alone` ends every other at once, for a secret that leaked.
 */
export async function rotateClientSecret(
  parts: {
    readonly work: Work<Pick<RecipientStores, 'clients'>>
    readonly clock: Clock
    readonly entropy: Entropy
  },
  command: { readonly actor: Actor; readonly clientId: string; readonly alone?: boolean },
): Promise<{ readonly secret: string }> {
  const { actor, clientId, alone = false } = command
  const { secret, hash } = newClientSecret(parts.entropy)
  await parts.work(async ({ clients, audit }) => {
    const at = parts.clock.now()
    const found = await clients.lock(clientId)
    if (found === undefined) throw notFound('client-unknown', 'There is no such client.')
    if (found.secretHashes.length === 0) {
      throw conflict('client-without-secret', 'This client does not authenticate by a secret.')
    }
    const kept = alone ? [] : found.secretHashes.slice(0, 1)
    await clients.setSecrets(clientId, [hash, ...kept], at)
    await audit.record({
      action: 'recipients.client-secret-rotated',
      actor,
      at,
      about: `client:${clientId}`,
      facts: { alive: kept.length + 1 },
    })
  })
  return { secret }
}

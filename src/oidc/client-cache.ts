import { randomBytes } from 'node:crypto'
import type { StoredClient } from './pg-clients.ts'
import { reloadOnce } from './reload-once.ts'

export interface ClientCache {
  /** What the engine builds a client from; the same content until the client changes. */
  metadata(clientId: string): Readonly<Record<string, unknown>> | undefined
  find(clientId: string): StoredClient | undefined
  reload(): Promise<void>
}

const withSecret = new Set(['client_secret_basic', 'client_secret_post'])

/** A client in the engine's words. It wants to see a secret where there is one. */
export function engineMetadata(
  client: Omit<StoredClient, 'secretHashes'>,
  secret: string,
): Readonly<Record<string, unknown>> {
  const method = client.metadata['token_endpoint_auth_method'] ?? 'client_secret_basic'
  return {
    ...client.metadata,
    client_id: client.clientId,
    first_party: client.firstParty,
    recipient_id: client.recipientId,
    channel: client.channel,
    ...(withSecret.has(String(method)) ? { client_secret: secret } : {}),
  }
}

/**
 * Clients of the database, kept in the process and read anew when told. The engine wants a `client_secret` in the
 * metadata of a client that has one; only its SHA-256 is stored, so it gets a value nobody knows, made anew in each
 * process, which never authenticates anybody because comparison is ours (client-secret.ts).
 */
export function createClientCache(read: () => Promise<readonly StoredClient[]>): ClientCache {
  const placeholder = randomBytes(32).toString('base64url')
  let clients = new Map<string, { client: StoredClient; metadata: Readonly<Record<string, unknown>> }>()

  const load = async () => {
    const stored = await read()
    clients = new Map(
      stored.map((client) => [client.clientId, { client, metadata: engineMetadata(client, placeholder) }]),
    )
  }

  return {
    metadata: (clientId) => clients.get(clientId)?.metadata,
    find: (clientId) => clients.get(clientId)?.client,
    reload: reloadOnce(load),
  }
}

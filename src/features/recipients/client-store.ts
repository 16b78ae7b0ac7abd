import type { Client } from './client.ts'

/** What a client may ask for and how it connects; its secrets are kept apart. */
export type ClientRegistration = Omit<Client, 'secrets' | 'state' | 'createdAt' | 'updatedAt'>

export interface ClientReads {
  find(clientId: string): Promise<Client | undefined>
  list(): Promise<readonly Client[]>
}

/**
 * Port. Promises: secrets are kept as SHA-256 only, the newest first, two at most; `lock` holds the row until the unit
 * ends; every change tells the other processes when, and only when, it commits.
 */
export interface ClientStore extends ClientReads {
  /** False when the id is taken. */
  insert(client: ClientRegistration, secretHashes: readonly Uint8Array[], at: Date): Promise<boolean>
  lock(
    clientId: string,
  ): Promise<{ readonly client: Client; readonly secretHashes: readonly Uint8Array[] } | undefined>
  setSecrets(clientId: string, secretHashes: readonly Uint8Array[], at: Date): Promise<void>
  setMetadata(clientId: string, metadata: Client['metadata'], at: Date): Promise<void>
  setState(clientId: string, state: Client['state'], at: Date): Promise<void>
}

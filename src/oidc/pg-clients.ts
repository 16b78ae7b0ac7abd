import type { Statement } from '../platform/db/pipelined-reader.ts'
import type { OidcReads } from './pg-reads.ts'

export interface StoredClient {
  readonly clientId: string
  readonly recipientId: string
  readonly firstParty: boolean
  readonly channel: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly secretHashes: readonly Uint8Array[]
}

const readClients: Statement = {
  name: 'oidc_clients',
  text: `select client_id, recipient_id, first_party, channel, metadata, secret_hashes
           from clients where state = 'active' order by client_id`,
}

/** Every client that may act. A registry of hundreds: read whole, kept in the process. */
export async function readActiveClients(reads: OidcReads): Promise<readonly StoredClient[]> {
  const rows = await reads.rows(readClients, [])
  return rows.map(([clientId, recipientId, firstParty, channel, metadata, secretHashes]) => ({
    clientId: String(clientId),
    recipientId: String(recipientId),
    firstParty: firstParty === true,
    channel: String(channel),
    metadata: metadata as Readonly<Record<string, unknown>>,
    secretHashes: Array.isArray(secretHashes) ? (secretHashes as Uint8Array[]) : [],
  }))
}

import type { Knex } from 'knex'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Client } from './client.ts'
import type { ClientReads, ClientStore } from './client-store.ts'

interface Row {
  client_id: string
  recipient_id: string
  purpose_id: string | null
  contact_channel: ContactChannel
  brand_id: string | null
  first_party: boolean
  channel: string
  metadata: Record<string, unknown>
  secret_hashes: Buffer[]
  state: Client['state']
  created_at: Date
  updated_at: Date
}

const read = (row: Row): Client => ({
  clientId: row.client_id,
  recipientId: row.recipient_id,
  firstParty: row.first_party,
  purposeId: row.purpose_id ?? undefined,
  contactChannel: row.contact_channel,
  brandId: row.brand_id ?? undefined,
  channel: row.channel,
  metadata: row.metadata,
  secrets: row.secret_hashes.length,
  state: row.state,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const pgClientReads = (db: Knex): ClientReads => ({
  find: async (clientId) => {
    const row = await db<Row>('clients').first('*').where({ client_id: clientId })
    return row && read(row)
  },
  list: async () => (await db<Row>('clients').select('*').orderBy('client_id')).map(read),
})

/** Delivered at commit and not before, so no process reloads what may yet be rolled back. */
const announce = (trx: Knex.Transaction) => trx.raw('notify placet_clients')

const buffers = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash))

export const pgClientStore = (trx: Knex.Transaction): ClientStore => ({
  ...pgClientReads(trx),
  insert: async (client, secretHashes, at) => {
    const added = await trx('clients')
      .insert({
        client_id: client.clientId,
        recipient_id: client.recipientId,
        purpose_id: client.purposeId ?? null,
        contact_channel: client.contactChannel,
        brand_id: client.brandId ?? null,
        first_party: client.firstParty,
        channel: client.channel,
        metadata: JSON.stringify(client.metadata),
        secret_hashes: buffers(secretHashes),
        created_at: at,
        updated_at: at,
      })
      .onConflict('client_id')
      .ignore()
      .returning('client_id')
    await announce(trx)
    return added.length === 1
  },
  lock: async (clientId) => {
    const row = await trx<Row>('clients').first('*').where({ client_id: clientId }).forUpdate()
    return row && { client: read(row), secretHashes: row.secret_hashes }
  },
  setSecrets: async (clientId, secretHashes, at) => {
    await trx('clients')
      .where({ client_id: clientId })
      .update({ secret_hashes: buffers(secretHashes), updated_at: at, version: trx.raw('version + 1') })
    await announce(trx)
  },
  setMetadata: async (clientId, metadata, at) => {
    await trx('clients')
      .where({ client_id: clientId })
      .update({ metadata: JSON.stringify(metadata), updated_at: at, version: trx.raw('version + 1') })
    await announce(trx)
  },
  setState: async (clientId, state, at) => {
    await trx('clients')
      .where({ client_id: clientId })
      .update({ state, updated_at: at, version: trx.raw('version + 1') })
    await announce(trx)
  },
})

import type { Knex } from 'knex'
import type { PushKeyStore, StoredPushKey } from './push-key-store.ts'

interface Row {
  key_id: string
  public_key: string
  wrapped_private_key: Buffer
  kek_id: string
  retired_at: Date | null
}

const read = (row: Row): StoredPushKey => ({
  keyId: row.key_id,
  publicKey: row.public_key,
  wrappedPrivateKey: new Uint8Array(row.wrapped_private_key),
  kekId: row.kek_id,
})

export const pgPushKeyStore = (db: Knex): PushKeyStore => ({
  current: async () => {
    const row = await db<Row>('push_keys').whereNull('retired_at').first()
    return row && read(row)
  },
  list: async () => (await db<Row>('push_keys').select('*').orderBy('created_at')).map(read),
  find: async (keyId) => {
    const row = await db<Row>('push_keys').where({ key_id: keyId }).first()
    return row && read(row)
  },
  insert: async (key, at) => {
    await db('push_keys')
      .insert({
        key_id: key.keyId,
        public_key: key.publicKey,
        wrapped_private_key: Buffer.from(key.wrappedPrivateKey),
        kek_id: key.kekId,
        created_at: at,
      })
      .onConflict()
      .ignore()
  },
  rewrap: async ({ keyId, wrappedPrivateKey, kekId }) => {
    await db('push_keys')
      .where({ key_id: keyId })
      .update({ wrapped_private_key: Buffer.from(wrappedPrivateKey), kek_id: kekId })
  },
  retire: async (at) => {
    await db('push_keys').whereNull('retired_at').update({ retired_at: at })
  },
})

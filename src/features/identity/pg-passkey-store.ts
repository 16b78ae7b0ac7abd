import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Passkey, PasskeyId, PasskeyStore } from './passkey-store.ts'

interface Row {
  subject_id: SubjectId
  passkey_id: PasskeyId
  credential_id: Buffer
  public_key: Buffer
  counter: string
  transports: string[]
  backup_eligible: boolean
  backed_up: boolean
  aaguid: string
  name: string
  created_at: Date
  last_used_at: Date | null
}

const read = (row: Row): Passkey => ({
  subjectId: row.subject_id,
  passkeyId: row.passkey_id,
  credentialId: new Uint8Array(row.credential_id),
  publicKey: new Uint8Array(row.public_key),
  counter: Number(row.counter),
  transports: row.transports,
  backupEligible: row.backup_eligible,
  backedUp: row.backed_up,
  aaguid: row.aaguid,
  name: row.name,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
})

const keyOf = (of: Pick<Passkey, 'subjectId' | 'passkeyId'>) => ({
  subject_id: of.subjectId,
  passkey_id: of.passkeyId,
})

export const pgPasskeyStore = (db: Knex): PasskeyStore => ({
  findByCredential: async (credentialId) => {
    const { rows } = await db.raw<{ rows: Row[] }>(
      `select p.* from passkey_lookups l
         join passkeys p on p.subject_id = l.subject_id and p.passkey_id = l.passkey_id
        where l.credential_id = ?`,
      [Buffer.from(credentialId)],
    )
    return rows[0] && read(rows[0])
  },
  list: async (subjectId) =>
    (await db<Row>('passkeys').select('*').where({ subject_id: subjectId }).orderBy('created_at')).map(read),
  add: async (passkey) => {
    const claimed = await db('passkey_lookups')
      .insert({ credential_id: Buffer.from(passkey.credentialId), ...keyOf(passkey) })
      .onConflict('credential_id')
      .ignore()
      .returning('passkey_id')
    if (claimed.length === 0) return false
    await db('passkeys').insert({
      ...keyOf(passkey),
      credential_id: Buffer.from(passkey.credentialId),
      public_key: Buffer.from(passkey.publicKey),
      counter: passkey.counter,
      transports: [...passkey.transports],
      backup_eligible: passkey.backupEligible,
      backed_up: passkey.backedUp,
      aaguid: passkey.aaguid,
      name: passkey.name,
      created_at: passkey.createdAt,
      last_used_at: null,
    })
    return true
  },
  recordUse: async (of, { counter, backedUp, at }) => {
    const moved = await db('passkeys')
      .where(keyOf(of))
      .whereRaw('(counter < ? or (counter = 0 and ? = 0))', [counter, counter])
      .update({ counter, backed_up: backedUp, last_used_at: at })
    return moved === 1
  },
  rename: async (of, name) => (await db('passkeys').where(keyOf(of)).update({ name })) === 1,
  remove: async (of) => {
    await db('passkey_lookups').where(keyOf(of)).delete()
    return (await db('passkeys').where(keyOf(of)).delete()) === 1
  },
})

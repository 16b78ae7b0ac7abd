import type { Knex } from 'knex'
import { pgClientStore } from './pg-client-store.ts'
import type { Recipient } from './recipient.ts'
import type { RecipientStore, RecipientStores } from './recipient-store.ts'

interface Row {
  recipient_id: string
  name: string
  role: Recipient['role']
  legal_entity: string | null
  processing_contract: boolean
  third_country: boolean
  transfer_tool: string | null
  countries: string[]
  purposes: string[]
}

const pgRecipientStore = (trx: Knex.Transaction): RecipientStore => ({
  put: async (recipient, at) => {
    await trx.raw(
      `insert into recipient_changes (recipient_id, changed_at, was)
       select r.recipient_id, :at, to_jsonb(r) from recipients r where r.recipient_id = :id for no key update
           on conflict do nothing`,
      { at, id: recipient.recipientId },
    )
    await trx('recipients')
      .insert({
        recipient_id: recipient.recipientId,
        name: recipient.name,
        role: recipient.role,
        legal_entity: recipient.legalEntity ?? null,
        processing_contract: recipient.processingContract,
        third_country: recipient.thirdCountry,
        transfer_tool: recipient.transferTool ?? null,
        countries: recipient.countries,
        purposes: recipient.purposes,
        created_at: at,
      })
      .onConflict('recipient_id')
      .merge([
        'name',
        'role',
        'legal_entity',
        'processing_contract',
        'third_country',
        'transfer_tool',
        'countries',
        'purposes',
      ])
  },
  list: async () => {
    const rows = await trx<Row>('recipients').select('*').orderBy('recipient_id')
    return rows.map((row) => ({
      recipientId: row.recipient_id,
      name: row.name,
      role: row.role,
      ...(row.legal_entity !== null && { legalEntity: row.legal_entity }),
      processingContract: row.processing_contract,
      thirdCountry: row.third_country,
      ...(row.transfer_tool !== null && { transferTool: row.transfer_tool }),
      countries: row.countries,
      purposes: row.purposes,
    }))
  },
})

/** All stores of the room on one transaction. */
export const pgRecipientStores = (trx: Knex.Transaction): RecipientStores => ({
  recipients: pgRecipientStore(trx),
  clients: pgClientStore(trx),
})

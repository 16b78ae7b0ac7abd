import type { Knex } from 'knex'
import type { ReceiptMailId, ReceiptMailReads, ReceiptStores } from './receipt-mail-store.ts'

interface Row {
  receipt_mail_id: ReceiptMailId
  sealed_mail: string
  created_at: Date
  next_attempt_at: Date
  expires_at: Date
}

export const pgReceiptMailReads = (db: Knex): ReceiptMailReads => ({
  find: async (id) => {
    const row = await db<Row>('store_receipt_mails').first('sealed_mail').where({ receipt_mail_id: id })
    return row?.sealed_mail
  },
  claimDue: async (now, until, most) => {
    const due = await db<Row>('store_receipt_mails')
      .where('next_attempt_at', '<=', now)
      .orderBy('next_attempt_at')
      .limit(most)
      .pluck<ReceiptMailId[]>('receipt_mail_id')
    // The condition again, on each row: what another process claimed since is not due any more.
    const claimed = await db<Row>('store_receipt_mails')
      .whereIn('receipt_mail_id', due)
      .where('next_attempt_at', '<=', now)
      .update({ next_attempt_at: until })
      .returning('receipt_mail_id')
    return claimed.map((row) => row.receipt_mail_id)
  },
  forget: async (id) => {
    await db<Row>('store_receipt_mails').where({ receipt_mail_id: id }).delete()
  },
  forgetExpired: (now) => db<Row>('store_receipt_mails').where('expires_at', '<=', now).delete(),
})

export const pgReceiptStores = (trx: Knex.Transaction): ReceiptStores => ({
  receiptMails: {
    insert: async ({ id, sealed, createdAt, nextAttemptAt, expiresAt }) => {
      await trx<Row>('store_receipt_mails').insert({
        receipt_mail_id: id,
        sealed_mail: sealed,
        created_at: createdAt,
        next_attempt_at: nextAttemptAt,
        expires_at: expiresAt,
      })
    },
  },
})

import type { Knex } from 'knex'
import { parseId, type ReceiptId, type SubjectId } from '../../../kernel/ids.ts'

/** Whose receipt it is: for staff who were shown one, never for a person who asks. */
export type ReceiptOwner = (receiptId: ReceiptId) => Promise<SubjectId | undefined>

export const pgReceiptOwner =
  (db: Knex): ReceiptOwner =>
  async (receiptId) => {
    const row: { subject_id: string } | undefined = await db('receipts')
      .first('subject_id')
      .where({ receipt_id: receiptId })
    return parseId<'subject'>(row?.subject_id)
  }

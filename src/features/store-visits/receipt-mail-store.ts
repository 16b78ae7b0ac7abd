import type { Id } from '../../kernel/ids.ts'

export type ReceiptMailId = Id<'receipt-mail'>

/** What waits to be sent, sealed as a whole: the table names no address, and nothing finds one in it. */
export interface WaitingReceipt {
  readonly id: ReceiptMailId
  readonly sealed: string
  readonly createdAt: Date
  readonly nextAttemptAt: Date
  readonly expiresAt: Date
}

/**
 * Port. Promises: of several processes one claims a mail that is due, for as long as it says. Rows are no facts: that a receipt
 * was mailed stands in the trail, and they go without a word when it has left.
 */
export interface ReceiptMailReads {
  find(id: ReceiptMailId): Promise<string | undefined>
  claimDue(now: Date, until: Date, most: number): Promise<readonly ReceiptMailId[]>
  forget(id: ReceiptMailId): Promise<void>
  forgetExpired(now: Date): Promise<number>
}

export interface ReceiptStores {
  readonly receiptMails: { insert(waiting: WaitingReceipt): Promise<void> }
}

import type { ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { KeyDecision } from './key-decision.ts'

export interface SealedEvent {
  readonly event: ConsentEvent
  /** What proves the act, sealed with the person's key. */
  readonly sealedEvidence: Uint8Array
  /** What the log will hold of that evidence. */
  readonly commitment: Uint8Array
}

export interface SealedReceipt {
  readonly receiptId: ReceiptId
  readonly sealedJws: Uint8Array
}

/** One act of one person: everything that must become true together. */
export interface LedgerEntry {
  readonly subjectId: SubjectId
  /** The epoch the permissions below were decided on. */
  readonly epoch: number
  /** The person has other accounts, which this act speaks for as well: they are decided again in its transaction. */
  readonly linked: boolean
  readonly events: readonly SealedEvent[]
  readonly permissions: readonly KeyDecision[]
  readonly receipt: SealedReceipt & { readonly commandKey: Uint8Array; readonly commandHash: Uint8Array }
  readonly at: Date
}

/**
 * Port. Promises: events, permissions, receipt, the places that wait for the log and the new epoch are kept
 * together or not at all; nothing is kept when
 * the ledger has moved on since `epoch`, when the command's key has a receipt already, or when the person is blocked or
 * erased (the answer is undefined, and the caller looks again); events are never changed or removed.
 */
export interface ConsentLedger {
  /** The new epoch. */
  append(entry: LedgerEntry): Promise<number | undefined>
}

export interface ConsentStores {
  readonly ledger: ConsentLedger
}

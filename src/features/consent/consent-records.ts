import type { ConsentEventId, ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'

export interface StoredReceipt {
  readonly receiptId: ReceiptId
  readonly eventIds: readonly ConsentEventId[]
  readonly sealedJws: Uint8Array
  readonly issuedAt: Date
  readonly commandHash: Uint8Array
}

export interface StoredEvent {
  readonly event: ConsentEvent
  readonly sealedEvidence: Uint8Array
  readonly channel: string
  readonly surface: string
  readonly receiptId: ReceiptId | undefined
}

/**
 * A materialised permission, as exports and streams read it. It answers while its purpose is in force with the very same
 * `reconsentMin`, before `validUntil`, for the attributes listed; otherwise it is no answer, and no answer means no.
 */
export interface KeptPermission {
  readonly controller: string
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: string
  readonly contactPoint: string | undefined
  /** For advertising of this kind of product; left out where the answer is for any, or for none named. */
  readonly campaignCategory?: string | undefined
  readonly decision: 'PERMIT' | 'DENY'
  readonly attributes: readonly string[]
  readonly reconsentMin: number
  readonly reason: string
  readonly basis: string | undefined
  readonly validUntil: Date | undefined
  readonly decidedAt: Date
}

/** Port for reading what was recorded. Promises: reads the primary; only ever rows of the subject asked for. */
export interface ConsentRecords {
  receiptOf(subjectId: SubjectId, receiptId: ReceiptId): Promise<StoredReceipt | undefined>
  receiptByCommand(subjectId: SubjectId, commandKey: Uint8Array): Promise<StoredReceipt | undefined>
  receiptsOf(subjectId: SubjectId): Promise<readonly StoredReceipt[]>
  permissionsOf(subjectId: SubjectId): Promise<readonly KeptPermission[]>
  /** Newest first; `before` continues a page from the last event seen. */
  history(
    subjectId: SubjectId,
    page: { readonly limit: number; readonly before?: ConsentEventId },
  ): Promise<readonly StoredEvent[]>
}

import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { Id, SubjectId } from '../../../kernel/ids.ts'
import type { KeyDecision } from '../key-decision.ts'

export type PurchaseId = Id<'purchase'>
export type ContractId = Id<'contract'>
export type SuppressionId = Id<'suppression'>

/** Our own reasons never to write somewhere again. */
export type SuppressionReason = 'complaint' | 'hard_bounce' | 'court'

export interface StoredPurchase {
  readonly subjectId: SubjectId
  readonly purchaseId: PurchaseId
  readonly controller: string
  readonly category: string
  readonly optOutOffered: boolean
  readonly contactPoint: string | undefined
  readonly boughtAt: Date
  readonly recordedAt: Date
}

export interface StoredContract {
  readonly subjectId: SubjectId
  readonly contractId: ContractId
  readonly controller: string
  readonly beganAt: Date
  readonly recordedAt: Date
}

export interface StoredSuppression {
  readonly subjectId: SubjectId
  readonly suppressionId: SuppressionId
  readonly contactChannel: ContactChannel | '*'
  readonly contactPoint: string | undefined
  readonly reason: SuppressionReason
  /** Who told us, such as `feedback-loop` or a court's reference number; never a person's words. */
  readonly source: string
  readonly recordedAt: Date
}

export interface StoredListCheck {
  readonly list: string
  readonly contactChannel: ContactChannel
  readonly contactPoint: string
  readonly checkedAt: Date
  readonly listed: boolean
  readonly effectiveFrom: Date | undefined
  /** Since when the list says the person took back what they had agreed to with this company. */
  readonly revokedAt: Date | undefined
}

/**
 * Port for what a decision must know beside the ledger. Promises: `advance` moves the person's epoch on and keeps the
 * permissions decided with it, or does nothing and answers undefined when the ledger has moved on since `epoch` or the
 * person is blocked or erased; everything else is kept in the same transaction. A repeated id changes nothing. Of each list and
 * contact point the latest answer is at hand, and every answer there ever was stays on record.
 */
export interface CircumstanceStore {
  advance(
    subjectId: SubjectId,
    epoch: number,
    permissions: readonly KeyDecision[],
    at: Date,
  ): Promise<number | undefined>
  addPurchase(purchase: StoredPurchase): Promise<void>
  addContract(contract: StoredContract): Promise<void>
  endContract(subjectId: SubjectId, contractId: ContractId, at: Date): Promise<void>
  addSuppression(suppression: StoredSuppression): Promise<void>
  liftSuppressions(
    subjectId: SubjectId,
    scope: { readonly contactChannel: ContactChannel | '*'; readonly contactPoint: string | undefined },
    at: Date,
  ): Promise<void>
  keepChecks(subjectId: SubjectId, checks: readonly StoredListCheck[]): Promise<void>
}

export interface CircumstanceStores {
  readonly circumstances: CircumstanceStore
}

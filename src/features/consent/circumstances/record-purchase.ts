import { invalid } from '../../../kernel/errors.ts'
import type { PurchaseId } from './circumstance-store.ts'
import {
  type CircumstanceCommand,
  type CircumstanceParts,
  type Kept,
  keepCircumstance,
} from './keep-circumstance.ts'

export interface RecordPurchase extends CircumstanceCommand {
  /** Made by whoever sold: the same sale reported twice is one. */
  readonly purchaseId: PurchaseId
  readonly controller: string
  readonly category: string
  /** Whether the person could say no to advertising when their address was taken (LSSI 21.2). */
  readonly optOutOffered: boolean
  /** The identifier that was taken at the sale, when known. */
  readonly contactPoint?: string
  readonly boughtAt: Date
}

/** Records a sale, which may carry soft opt-in and is never a consent. A sale of the future is refused. */
export async function recordPurchase(parts: CircumstanceParts, command: RecordPurchase): Promise<Kept> {
  const { subjectId, purchaseId, controller, category, optOutOffered, contactPoint, boughtAt } = command
  if (boughtAt > parts.clock.now()) throw invalid('purchase-in-future', 'This sale has not happened yet.')
  return keepCircumstance(
    parts,
    { ...command, action: 'consent.purchase-recorded', facts: { purchaseId, controller } },
    ({ facts }, recordedAt) => {
      if (facts.subject.purchases.some(({ id }) => id === purchaseId)) return undefined
      const sale = {
        id: purchaseId,
        controller,
        category,
        optOutOffered,
        contactPoint,
        at: boughtAt.getTime(),
      }
      return {
        facts: { ...facts, subject: { ...facts.subject, purchases: [...facts.subject.purchases, sale] } },
        write: (store) =>
          store.addPurchase({
            subjectId,
            purchaseId,
            controller,
            category,
            optOutOffered,
            contactPoint,
            boughtAt,
            recordedAt,
          }),
      }
    },
  )
}

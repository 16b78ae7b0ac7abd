import { type ConsentEventId, parseId, type ReceiptId, type SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import type { ConsentRecords } from '../consent-records.ts'
import { type FoundReceipt, findReceipt } from '../find-receipt.ts'
import type { ConsentLog } from './consent-log.ts'
import { type ProvenFacts, proveInclusion } from './prove-inclusion.ts'
import type { PublishedKeys } from './published-keys.ts'
import { type ReceiptFile, receiptFile } from './receipt-file.ts'

export interface ReceiptProofParts {
  readonly records: ConsentRecords
  readonly sealer: Pick<SubjectSealer, 'openText'>
  readonly log: ConsentLog
  /** Every key that ever signed; see PublishedKeys. */
  readonly publishedKeys: () => Promise<PublishedKeys>
}

export interface ReceiptWithProof {
  readonly receipt: FoundReceipt
  readonly proven: ProvenFacts
  readonly file: ReceiptFile
}

const recordIdsOf = ({ claims }: FoundReceipt): readonly ConsentEventId[] =>
  claims.record_ids.flatMap((id) => parseId<'consent-event'>(id) ?? [])

/** A receipt of this person with all it takes to check it elsewhere; undefined for any other id, whosever it is. */
export async function receiptWithProof(
  parts: ReceiptProofParts,
  question: { readonly subjectId: SubjectId; readonly receiptId: ReceiptId },
): Promise<ReceiptWithProof | undefined> {
  const receipt = await findReceipt(parts, question)
  if (receipt === undefined) return undefined
  const proven = await proveInclusion(parts.log, {
    subjectId: question.subjectId,
    eventIds: recordIdsOf(receipt),
  })
  return { receipt, proven, file: receiptFile(receipt.jws, proven, await parts.publishedKeys()) }
}

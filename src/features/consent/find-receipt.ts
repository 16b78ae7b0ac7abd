import type { ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { receiptPlace } from './append-act.ts'
import type { ConsentRecords } from './consent-records.ts'
import type { ReceiptClaims } from './receipt.ts'

export interface FoundReceipt {
  readonly receiptId: ReceiptId
  readonly issuedAt: Date
  /** Compact JWS, as it was signed. */
  readonly jws: string
  readonly claims: ReceiptClaims
  /** The `sub` on it. */
  readonly holder: string
}

const payloadOf = (jws: string): { readonly sub: string; readonly receipt: ReceiptClaims } =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))

/** A receipt of this person; undefined for any other id, whether or not somebody else has it. */
export async function findReceipt(
  { records, sealer }: { readonly records: ConsentRecords; readonly sealer: Pick<SubjectSealer, 'openText'> },
  question: { readonly subjectId: SubjectId; readonly receiptId: ReceiptId },
): Promise<FoundReceipt | undefined> {
  const { subjectId, receiptId } = question
  const stored = await records.receiptOf(subjectId, receiptId)
  if (stored === undefined) return undefined
  const jws = await sealer.openText(subjectId, receiptPlace(receiptId), stored.sealedJws)
  const { sub, receipt } = payloadOf(jws)
  return { receiptId, issuedAt: stored.issuedAt, jws, claims: receipt, holder: sub }
}

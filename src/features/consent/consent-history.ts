import type { Evidence } from '../../kernel/evidence.ts'
import type { ConsentEventId, ReceiptId, SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { evidencePlace } from './append-act.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { ConsentRecords } from './consent-records.ts'
import { readProof } from './evidence-of-act.ts'

export interface HistoryLine {
  readonly event: ConsentEvent
  readonly evidence: Evidence
  /** A non-personal name such as `subject:0198…` or `staff:0198…`. */
  readonly actor: string
  readonly receiptId: ReceiptId | undefined
  /** What else was told with the act, such as the grounds on which an objection was overridden. */
  readonly particulars: Readonly<Record<string, string>>
}

export interface HistoryPage {
  /** Newest first. */
  readonly lines: readonly HistoryLine[]
  /** Continues the list, when there is more. */
  readonly older: ConsentEventId | undefined
}

const pageSize = 25

/** The person's own timeline, with the evidence that was kept of each act. */
export async function consentHistory(
  { records, sealer }: { readonly records: ConsentRecords; readonly sealer: Pick<SubjectSealer, 'openText'> },
  question: { readonly subjectId: SubjectId; readonly before?: ConsentEventId; readonly limit?: number },
): Promise<HistoryPage> {
  const { subjectId, before, limit = pageSize } = question
  const stored = await records.history(subjectId, {
    limit: limit + 1,
    ...(before === undefined ? {} : { before }),
  })
  const lines = await Promise.all(
    stored.slice(0, limit).map(async ({ event, sealedEvidence, receiptId }) => {
      const proof = readProof(await sealer.openText(subjectId, evidencePlace(event.id), sealedEvidence))
      const { evidence, actor, particulars = {} } = proof
      return { event, evidence, actor: actor.ref, receiptId, particulars }
    }),
  )
  const last = lines.at(-1)
  return { lines, older: stored.length > limit ? (last?.event.id as ConsentEventId | undefined) : undefined }
}

import type { PersonalDataHolder } from '../../kernel/personal-data.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { receiptPlace } from './append-act.ts'
import type { RecordingExport } from './circumstances/pg-recording-export.ts'
import { consentHistory } from './consent-history.ts'
import type { ConsentRecords } from './consent-records.ts'

/** Every act with its evidence, what follows from it, and the receipts as they were signed. */
export const consentPersonalData = (parts: {
  readonly records: ConsentRecords
  readonly sealer: Pick<SubjectSealer, 'openText'>
  readonly recording?: RecordingExport
}): PersonalDataHolder => ({
  room: 'consent',
  exportData: async (subjectId) => {
    const { lines } = await consentHistory(parts, { subjectId, limit: 100_000 })
    const receipts = await parts.records.receiptsOf(subjectId)
    return {
      ...(await parts.recording?.(subjectId)),
      consent_events: lines.map(({ event, evidence, actor }) => ({
        ...event,
        occurredAt: new Date(event.occurredAt),
        capture: evidence,
        actor,
      })),
      permissions: await parts.records.permissionsOf(subjectId),
      receipts: await Promise.all(
        receipts.map(async ({ receiptId, issuedAt, sealedJws }) => ({
          receiptId,
          issuedAt,
          jws: await parts.sealer.openText(subjectId, receiptPlace(receiptId), sealedJws),
        })),
      ),
    }
  },
})

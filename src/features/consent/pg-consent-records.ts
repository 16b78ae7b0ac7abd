import { type ConsentEventId, nilUuid, type ReceiptId } from '../../kernel/ids.ts'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import type { ConsentRecords, KeptPermission, StoredReceipt } from './consent-records.ts'
import { categoryIn } from './permissions/permission-row.ts'
import { type EventRow, eventColumns, eventFromRow } from './pg-event-row.ts'

const receiptColumns = 'receipt_id, event_ids, sealed_jws, issued_at, command_hash'

const receiptById = {
  name: 'consent-receipt',
  text: `select ${receiptColumns} from receipts where subject_id = $1 and receipt_id = $2`,
}
const receiptByKey = {
  name: 'consent-receipt-by-command',
  text: `select ${receiptColumns} from receipts where subject_id = $1 and command_key = $2`,
}
const receiptsBySubject = {
  name: 'consent-receipts',
  text: `select ${receiptColumns} from receipts where subject_id = $1 order by receipt_id`,
}
const permissionsBySubject = {
  name: 'consent-permissions',
  text: `select controller_id, brand_id, purpose_id, contact_channel, contact_point, decision, attributes, reason, basis,
           valid_until, decided_at, reconsent_min, campaign_category
         from permissions where subject_id = $1
         order by controller_id, brand_id, purpose_id, contact_channel, campaign_category`,
}

/* A page of the person's own events; a person has tens of receipts, so finding an event's is a look through those. */
const historyPage = {
  name: 'consent-history',
  text: `select json_build_array(${eventColumns.map((column) => column.replace(/^([a-z_]+)$/, 'e.$1')).join(', ')}),
           e.sealed_evidence, e.channel, e.surface,
           (select r.receipt_id from receipts r
             where r.subject_id = e.subject_id and e.event_id = any(r.event_ids) limit 1)
         from consent_events e
         where e.subject_id = $1 and ($3::uuid is null or (e.occurred_at, e.event_id) <
           (select b.occurred_at, b.event_id from consent_events b where b.subject_id = $1 and b.event_id = $3))
         order by e.occurred_at desc, e.event_id desc limit $2`,
}

const receiptFrom = (row: readonly unknown[]): StoredReceipt => {
  const [receiptId, eventIds, sealedJws, issuedAt, commandHash] = row as readonly [
    ReceiptId,
    ConsentEventId[],
    Buffer,
    Date,
    Buffer,
  ]
  return { receiptId, eventIds, sealedJws, issuedAt, commandHash }
}

const permissionFrom = (row: readonly unknown[]): KeptPermission => {
  const [
    controller,
    brand,
    purpose,
    contactChannel,
    point,
    decision,
    attributes,
    reason,
    basis,
    until,
    decidedAt,
    reconsentMin,
    category,
  ] = row as readonly [
    string,
    string,
    string,
    string,
    string,
    KeptPermission['decision'],
    string[],
    string,
    string | null,
    Date | null,
    Date,
    number,
    string,
  ]
  return {
    controller,
    brand,
    purpose,
    contactChannel,
    contactPoint: point === nilUuid ? undefined : point,
    decision,
    attributes,
    reason,
    basis: basis ?? undefined,
    validUntil: until ?? undefined,
    decidedAt,
    reconsentMin,
    ...categoryIn(category),
  }
}

export const pgConsentRecords = (reader: PipelinedReader): ConsentRecords => ({
  receiptOf: async (subjectId, receiptId) =>
    (await reader.rows(receiptById, [subjectId, receiptId])).map(receiptFrom)[0],
  receiptByCommand: async (subjectId, commandKey) =>
    (await reader.rows(receiptByKey, [subjectId, Buffer.from(commandKey)])).map(receiptFrom)[0],
  receiptsOf: async (subjectId) => (await reader.rows(receiptsBySubject, [subjectId])).map(receiptFrom),
  permissionsOf: async (subjectId) =>
    (await reader.rows(permissionsBySubject, [subjectId])).map(permissionFrom),
  history: async (subjectId, { limit, before }) => {
    const rows = await reader.rows(historyPage, [subjectId, limit, before ?? null])
    return rows.map((row) => {
      const [event, sealedEvidence, channel, surface, receiptId] = row as readonly [
        EventRow,
        Buffer,
        string,
        string,
        ReceiptId | null,
      ]
      return {
        event: eventFromRow(event),
        sealedEvidence,
        channel,
        surface,
        receiptId: receiptId ?? undefined,
      }
    })
  },
})

import type { ContactChannel } from '../../kernel/evidence.ts'
import { period } from './calendar.ts'
import type { ActedBy, ConsentEvent, ConsentEventType, ConsentType } from './consent-event.ts'

/** The decisive part of a ledger row, as one JSON array in this order. */
export const eventColumns = [
  'event_id',
  'type',
  'controller_id',
  'brand_id',
  'purpose_id',
  'contact_channel',
  'contact_point',
  'purpose_version',
  'notice_id',
  'notice_version',
  'notice_language',
  `encode(notice_sha256, 'base64')`,
  'default_state',
  'actor',
  'consent_type',
  'attributes',
  'sources',
  'recipients',
  'jurisdiction',
  '(extract(epoch from occurred_at) * 1000)::bigint',
  '(extract(epoch from recorded_at) * 1000)::bigint',
  'confirms',
  'guardian_verified',
  'over_age',
  'article',
  'during_restriction',
  'restriction_scope',
  'validity',
  'evidence_grade',
] as const

type Maybe<Value> = Value | null

/** Mirrors `eventColumns`. */
export type EventRow = readonly [
  id: string,
  type: ConsentEventType,
  controller: string,
  brand: string,
  purpose: string,
  contactChannel: ContactChannel | '*',
  contactPoint: Maybe<string>,
  purposeVersion: number,
  noticeId: Maybe<string>,
  noticeVersion: Maybe<number>,
  noticeLanguage: Maybe<string>,
  noticeHash: Maybe<string>,
  defaultState: Maybe<'unticked'>,
  by: ActedBy,
  consentType: Maybe<ConsentType>,
  attributes: string[],
  sources: Maybe<string[]>,
  recipients: Maybe<string[]>,
  jurisdiction: string,
  occurredAt: number,
  recordedAt: number,
  confirms: Maybe<string>,
  guardianVerified: Maybe<boolean>,
  overAge: Maybe<number>,
  article: Maybe<'21(1)' | '21(2)'>,
  duringRestriction: Maybe<boolean>,
  restrictionScope: Maybe<string[]>,
  validity: Maybe<string>,
  evidenceGrade: Maybe<'full' | 'partial' | 'none'>,
]

const given = <Value>(value: Maybe<Value>): Value | undefined => value ?? undefined

const base64Url = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url')

export function eventFromRow(row: EventRow): ConsentEvent {
  const [noticeId, noticeVersion, noticeLanguage, noticeHash] = [row[8], row[9], row[10], row[11]]
  const pinned = noticeId !== null && noticeVersion !== null && noticeLanguage !== null && noticeHash !== null
  return {
    id: row[0],
    type: row[1],
    controller: row[2],
    brand: row[3],
    purpose: row[4],
    contactChannel: row[5],
    contactPoint: given(row[6]),
    purposeVersion: row[7],
    notice: pinned
      ? {
          id: noticeId,
          version: String(noticeVersion),
          language: noticeLanguage,
          textHash: base64Url(noticeHash),
        }
      : undefined,
    defaultState: given(row[12]),
    by: row[13],
    consentType: given(row[14]),
    attributes: row[15],
    sources: given(row[16]),
    recipients: given(row[17]),
    jurisdiction: row[18],
    occurredAt: row[19],
    recordedAt: row[20],
    confirms: given(row[21]),
    guardianVerified: given(row[22]),
    overAge: given(row[23]),
    article: given(row[24]),
    duringRestriction: given(row[25]),
    restrictionScope: given(row[26]),
    validity: row[27] === null ? undefined : period(row[27]),
    evidenceGrade: given(row[28]),
  }
}

import { invalid } from '../../kernel/errors.ts'
import type { Period } from './calendar.ts'
import type { ConsentEvent, ConsentEventType } from './consent-event.ts'
import type { NoticeText } from './notice.ts'
import { isUntouched, sameNotice } from './notice.ts'
import type { Purpose } from './purpose.ts'

/** A party as ISO/IEC TS 27560 identifies it (6.3.6). */
export interface Party {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly contact: string
  readonly url?: string | undefined
}

/** What a receipt says that is the same for everybody: who answers, and where to go. */
export interface ReceiptFrame {
  readonly controllers: readonly Party[]
  readonly authority: Party
  readonly withdrawalMethod: string
  readonly privacyRights: string
  readonly retentionPeriod: string
  readonly storageLocations: readonly string[]
}

/** What happened, in the words of DPV 2.3 (`dpv:hasConsentStatus`). */
const statusOf: Readonly<Partial<Record<ConsentEventType, string>>> = {
  given: 'https://w3id.org/dpv#ConsentGiven',
  confirmed: 'https://w3id.org/dpv#ConsentGiven',
  requested: 'https://w3id.org/dpv#ConsentRequested',
  deferred: 'https://w3id.org/dpv#ConsentRequestDeferred',
  refused: 'https://w3id.org/dpv#ConsentRefused',
  withdrawn: 'https://w3id.org/dpv#ConsentWithdrawn',
  revoked: 'https://w3id.org/dpv#ConsentRevoked',
  invalidated: 'https://w3id.org/dpv#ConsentInvalidated',
  objected: 'https://w3id.org/dpv/legal/eu/gdpr#A21',
}

const kindOf = {
  implied: 'https://w3id.org/dpv#ImpliedConsent',
  expressed: 'https://w3id.org/dpv#ExpressedConsent',
  explicit: 'https://w3id.org/dpv#ExplicitlyExpressedConsent',
} as const

const lawfulBasis = {
  implied: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
  expressed: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
  explicit: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a-explicit-consent',
} as const

const iri = (term: string): string =>
  term.startsWith('dpv:') ? `https://w3id.org/dpv#${term.slice('dpv:'.length)}` : term

/** One decision of the person within a receipt: 27560 field names, with the wording they can hold against us. */
export interface ReceiptEntry {
  readonly record_id: string
  readonly state: string
  readonly event_time: string
  readonly event_type: string
  readonly event_state: string
  readonly privacy_notice: string
  readonly notice_sha256: string
  readonly language: string
  readonly wording: string
  readonly purpose: {
    readonly id: string
    readonly version: number | null
    readonly type: string | null
    readonly channel: string
    readonly brand: string
    readonly lawful_basis: string
  }
  readonly pii: readonly string[]
  readonly recipient_third_parties: readonly string[]
  readonly jurisdiction: string | null
  readonly capture: { readonly surface: string; readonly channel: string } | null
  readonly validity_duration: string | null
}

export interface ReceiptClaims {
  readonly schema_version: string
  readonly receipt_id: string
  readonly record_ids: readonly string[]
  readonly events: readonly ReceiptEntry[]
  readonly controllers: readonly object[]
  readonly storage_locations: readonly string[]
  readonly retention_period: string
  readonly withdrawal_method: string
  readonly privacy_rights: string
  readonly authority_party: object
}

/**
 * The claims of a receipt (ISO/IEC TS 27560, DPV profile `receipt-eu-gdpr`) for what was recorded in one act. The full
 * wording goes with it, so that the person can show what they were shown. Arrays throughout: the guide's repeated keys
 * are no JSON. Contact points and the subject are left out; issuer, audience and pairwise `sub` belong to who signs.
 *
 * Throws `receipt_without_notice` when an event's notice is not among `notices` or its text no longer has its hash: a
 * receipt for other words than those shown would be a false one.
 */
export function receiptClaims(
  receiptId: string,
  events: readonly ConsentEvent[],
  notices: readonly NoticeText[],
  purposes: ReadonlyMap<string, Purpose>,
  frame: ReceiptFrame,
): ReceiptClaims {
  return {
    schema_version: 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    receipt_id: receiptId,
    record_ids: events.map((event) => event.id),
    events: events.map((event) => entry(event, noticeOf(event, notices), purposes.get(event.purpose))),
    controllers: frame.controllers.map(identification),
    storage_locations: frame.storageLocations,
    retention_period: frame.retentionPeriod,
    withdrawal_method: frame.withdrawalMethod,
    privacy_rights: frame.privacyRights,
    authority_party: identification(frame.authority),
  }
}

function noticeOf(event: ConsentEvent, notices: readonly NoticeText[]): NoticeText {
  const pinned = event.notice
  const notice = pinned === undefined ? undefined : notices.find((text) => sameNotice(text, pinned))
  if (notice === undefined || !isUntouched(notice)) {
    throw invalid('receipt_without_notice', `the wording behind event ${event.id} is not at hand`)
  }
  return notice
}

function entry(event: ConsentEvent, notice: NoticeText, purpose: Purpose | undefined): ReceiptEntry {
  const consentType = event.consentType ?? 'expressed'
  const { validity, capture } = event
  return {
    record_id: event.id,
    state: event.type,
    event_time: new Date(event.occurredAt).toISOString(),
    event_type: kindOf[consentType],
    event_state: statusOf[event.type] ?? 'https://w3id.org/dpv#ConsentUnknown',
    privacy_notice: notice.url ?? `${notice.id}/${notice.version}`,
    notice_sha256: notice.textHash,
    language: notice.language,
    wording: notice.text,
    purpose: {
      id: event.purpose,
      version: event.purposeVersion ?? null,
      type: purpose?.dpv === undefined ? null : iri(purpose.dpv),
      channel: event.contactChannel,
      brand: event.brand,
      lawful_basis: lawfulBasis[consentType],
    },
    pii: event.attributes ?? [],
    recipient_third_parties: event.recipients ?? [],
    jurisdiction: event.jurisdiction ?? null,
    capture: capture === undefined ? null : { surface: capture.surface, channel: capture.channel },
    validity_duration: validity === undefined ? null : iso(validity),
  }
}

const iso = ({ months, milliseconds }: Period): string =>
  months > 0
    ? `P${months}M${milliseconds > 0 ? `T${milliseconds / 1000}S` : ''}`
    : `PT${milliseconds / 1000}S`

const identification = (party: Party): object => ({
  party_id: party.id,
  party_name: party.name,
  party_address: party.address,
  party_contact: party.contact,
  ...(party.url !== undefined && { party_url: party.url }),
})

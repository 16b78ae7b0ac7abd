import { invalid } from '../../kernel/errors.ts'
import type { Period } from './calendar.ts'
import type { ConsentEvent, ConsentEventType } from './consent-event.ts'
import { base64Url } from './ledger/log-row.ts'
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
  /** Attributes of special categories (GDPR Art. 9). */
  readonly specialAttributes?: ReadonlySet<string>
  /** What an act means that answers no published wording; without it such an entry has no words. */
  readonly statementOf?: (event: ConsentEvent) => string
}

const unknownStatus = 'https://w3id.org/dpv#ConsentUnknown'

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
}

/**
 * True of a yes that somebody else reported, with nothing of the person to show for it: the receipt tells of it, and of
 * no consent given.
 */
export const isOnlyClaimed = ({
  state,
  event_state,
}: {
  readonly state: string
  readonly event_state: string
}): boolean => (state === 'given' || state === 'confirmed') && event_state !== statusOf.given

/** Acts that are no consent and have no status of one: the right they are about stands in both places. */
const rightOf: Readonly<Partial<Record<ConsentEventType, string>>> = {
  objected: 'https://w3id.org/dpv/legal/eu/gdpr#A21',
  objection_overridden: 'https://w3id.org/dpv/legal/eu/gdpr#A21',
  restriction_set: 'https://w3id.org/dpv/legal/eu/gdpr#A18',
  restriction_lifted: 'https://w3id.org/dpv/legal/eu/gdpr#A18',
}

/** How it was said, where that was recorded: of an import that does not tell, only that it is about a consent. */
const kindOf = {
  unsaid: 'https://w3id.org/dpv#Consent',
  implied: 'https://w3id.org/dpv#ImpliedConsent',
  expressed: 'https://w3id.org/dpv#ExpressedConsent',
  explicit: 'https://w3id.org/dpv#ExplicitlyExpressedConsent',
} as const

const lawfulBasis = {
  unsaid: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
  implied: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
  expressed: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
  explicit: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a-explicit-consent',
} as const

/** An explicit yes that reaches a special category lifts the ban of Art. 9, and rests on its (2)(a). */
function basisOf({ consentType, attributes = [] }: ConsentEvent, special: ReceiptFrame['specialAttributes']) {
  const lifts = consentType === 'explicit' && attributes.some((id) => special?.has(id))
  return lifts ? 'https://w3id.org/dpv/legal/eu/gdpr#A9-2-a' : lawfulBasis[consentType ?? 'unsaid']
}

const iri = (term: string): string =>
  term.startsWith('dpv:') ? `https://w3id.org/dpv#${term.slice('dpv:'.length)}` : term

/** The controller's `party_id`. */
export const partyId = (controller: string): string => `urn:party:${controller}`

/**
 * One decision of the person within a receipt, with the wording they can hold against us. Field names are those of 27560
 * where it has one; `signed-receipt.ts` says what stands for what.
 */
export interface ReceiptEntry {
  readonly record_id: string
  readonly state: string
  readonly event_time: string
  /** When it came to us, where it was told later than it was. */
  readonly received_time?: string
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
    /** Null where the act is no consent, as an objection or a restriction, and where one is only claimed: it carries nothing. */
    readonly lawful_basis: string | null
  }
  readonly pii: readonly string[]
  /** Party ids; receipts from before it was said per decision have none. */
  readonly pii_controllers?: readonly string[]
  readonly recipient_third_parties: readonly string[]
  readonly jurisdiction: string | null
  readonly capture: { readonly surface: string; readonly channel: string } | null
  readonly validity_duration: string | null
  /** What the log of the house holds of this act, base64url: with an inclusion proof it shows that the act is in it. */
  readonly commitment?: string
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
 * are no JSON. Contact points and the subject are left out; `iss`, `sub`, `iat` and `jti` belong to who signs.
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
  commitments: ReadonlyMap<string, Uint8Array> = new Map(),
): ReceiptClaims {
  return {
    schema_version: 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    receipt_id: receiptId,
    record_ids: events.map((event) => event.id),
    events: events.map((event) => ({
      ...entry(event, noticeOf(event, notices), purposes.get(event.purpose), frame),
      ...committed(commitments.get(event.id)),
    })),
    controllers: frame.controllers.map(identification),
    storage_locations: frame.storageLocations,
    retention_period: frame.retentionPeriod,
    withdrawal_method: frame.withdrawalMethod,
    privacy_rights: frame.privacyRights,
    authority_party: identification(frame.authority),
  }
}

const committed = (commitment: Uint8Array | undefined): Pick<ReceiptEntry, 'commitment'> =>
  commitment === undefined ? {} : { commitment: base64Url(commitment) }

/** A no needs no wording to be one, and what is set or lifted for a person answers none. A yes always does. */
const standsAlone: ReadonlySet<ConsentEventType> = new Set<ConsentEventType>([
  'refused',
  'withdrawn',
  'objected',
  'objection_overridden',
  'restriction_set',
  'restriction_lifted',
  'invalidated',
  'revoked',
])

function noticeOf(event: ConsentEvent, notices: readonly NoticeText[]): NoticeText | undefined {
  const pinned = event.notice
  if (pinned === undefined && standsAlone.has(event.type)) return undefined
  const notice = pinned === undefined ? undefined : notices.find((text) => sameNotice(text, pinned))
  if (notice === undefined || !isUntouched(notice)) {
    throw invalid('receipt_without_notice', `the wording behind event ${event.id} is not at hand`)
  }
  return notice
}

function entry(
  event: ConsentEvent,
  notice: NoticeText | undefined,
  purpose: Purpose | undefined,
  { statementOf, specialAttributes }: Pick<ReceiptFrame, 'statementOf' | 'specialAttributes'>,
): ReceiptEntry {
  const consentType = event.consentType ?? 'unsaid'
  // What somebody claims without proof is no consent given, of no kind and the ground of nothing, whatever it was called.
  const noConsent = rightOf[event.type] ?? (event.evidenceGrade === 'none' ? unknownStatus : undefined)
  const { validity, capture } = event
  return {
    record_id: event.id,
    state: event.type,
    event_time: new Date(event.occurredAt).toISOString(),
    ...receivedLater(event),
    event_type: noConsent ?? kindOf[consentType],
    event_state: noConsent ?? statusOf[event.type] ?? unknownStatus,
    privacy_notice: notice === undefined ? '' : (notice.url ?? `${notice.id}/${notice.version}`),
    notice_sha256: notice?.textHash ?? '',
    language: notice?.language ?? capture?.language ?? '',
    wording: notice?.text ?? statementOf?.(event) ?? '',
    purpose: {
      id: event.purpose,
      version: event.purposeVersion ?? null,
      type: purpose?.dpv === undefined ? null : iri(purpose.dpv),
      channel: event.contactChannel,
      brand: event.brand,
      lawful_basis: noConsent === undefined ? basisOf(event, specialAttributes) : null,
    },
    pii: event.attributes ?? [],
    pii_controllers: [partyId(event.controller)],
    recipient_third_parties: event.recipients ?? [],
    jurisdiction: event.jurisdiction ?? null,
    capture: capture === undefined ? null : { surface: capture.surface, channel: capture.channel },
    validity_duration: validity === undefined ? null : iso(validity),
  }
}

const receivedLater = ({ occurredAt, recordedAt }: ConsentEvent): Pick<ReceiptEntry, 'received_time'> =>
  recordedAt === undefined || recordedAt <= occurredAt
    ? {}
    : { received_time: new Date(recordedAt).toISOString() }

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

import type { SubjectId } from '../../kernel/ids.ts'
import type { IdentityStores } from '../identity/index.ts'
import type { EndedBy, IdentityLevel, Intake, PrivacyRequest, RequestId } from './request.ts'
import type { TimeLeft } from './time-left.ts'

/** How the person was told that their request arrived; `nowhere` of whoever left no way to write to them. */
export type AcknowledgedBy = 'email' | 'sms' | 'nowhere'

export interface StoredRequest extends PrivacyRequest, Intake {
  readonly subjectId: SubjectId
  readonly identity: IdentityLevel
  readonly language: string
  readonly sealedWords: Uint8Array | undefined
  /** When it was written down here, which may be later than it was received. */
  readonly openedAt: Date
  readonly acknowledged: { readonly at: Date; readonly by: AcknowledgedBy } | undefined
  readonly ended: { readonly at: Date; readonly by: EndedBy } | undefined
}

/** Where a page of the inbox begins: after this request in the order of the due day. */
export interface InboxPlace {
  readonly due: string
  readonly id: RequestId
}

export interface RequestReads {
  find(subjectId: SubjectId, requestId: RequestId): Promise<StoredRequest | undefined>
  /** All of one person's, newest first. */
  ofSubject(subjectId: SubjectId): Promise<readonly StoredRequest[]>
  /** Open requests due from `from` (included) until `until` (excluded), by due day; at most `limit`. */
  open(span: {
    readonly from?: string
    readonly until?: string
    readonly after?: InboxPlace
    readonly limit: number
  }): Promise<readonly StoredRequest[]>
  /** How many open requests are due before `today`, from then until before `later`, and after; of each no more than `most`. */
  countOpen(
    today: string,
    later: string,
    most: number,
  ): Promise<Readonly<Record<TimeLeft['urgency'], number>>>
  /** Open requests nobody was told of, and that nobody is just telling of: tried before `before` or never. */
  unacknowledged(before: Date, limit: number): Promise<readonly StoredRequest[]>
}

/**
 * Port. Promises: of any number of parallel openings of one id exactly one adds it; of any number of ends exactly one is
 * true; nothing that was asked is changed or removed.
 */
export interface RequestStore {
  /** False where a request of this id is there already. */
  add(request: Omit<StoredRequest, 'state' | 'acknowledged' | 'ended'>): Promise<boolean>
  /** False where it is not open. */
  end(subjectId: SubjectId, requestId: RequestId, end: { at: Date; by: EndedBy }): Promise<boolean>
  /** Keeps how the person was told, the first time only. */
  acknowledge(
    subjectId: SubjectId,
    requestId: RequestId,
    told: {
      readonly at: Date
      readonly by: AcknowledgedBy
      readonly messageId?: string
      /** SHA-256 of the wording without what differs per person, base64url. */
      readonly templateHash?: string
    },
  ): Promise<void>
}

export interface RequestStores extends Pick<IdentityStores, 'subjects'> {
  readonly privacyRequests: RequestStore
}

/**
 * Port. Promises: of any number who would tell the person at once, one may; it is nobody else's turn until `before` has
 * passed the attempt. A single statement of its own: an attempt is no fact.
 */
export interface AcknowledgementTurns {
  take(subjectId: SubjectId, requestId: RequestId, now: Date, before: Date): Promise<boolean>
}

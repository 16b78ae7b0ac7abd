import type { Id, IdentifierId, StaffId, SubjectId } from '../../kernel/ids.ts'

export type EnrolmentId = Id<'enrolment'>

/** Names one enrolment; both halves, because what belongs to a person is found by the person. */
export interface EnrolmentRef {
  readonly subjectId: SubjectId
  readonly enrolmentId: EnrolmentId
}

/** `overtaken`: an account of the address began otherwise. `disowned`: its owner says that it was not them. */
export type EnrolmentOutcome = 'proven' | 'overtaken' | 'disowned'

/** What a member of staff began for somebody in front of them. */
export interface Enrolment extends EnrolmentRef {
  /** Undefined where the address has an account: then the subject is nobody, and nothing can come of it. */
  readonly identifierId: IdentifierId | undefined
  /** Nobody knew the address but from enrolments like this. */
  readonly newcomer: boolean
  readonly touchpointId: string
  readonly staffId: StaffId
  readonly language: string
  readonly createdAt: Date
  readonly openedAt: Date | undefined
  readonly answeredAt: Date | undefined
  /** What was answered at the counter; of a proven one, what its owner decided, until that is in the ledger. */
  readonly sealedAnswers: Uint8Array | undefined
  readonly outcome: EnrolmentOutcome | undefined
  /** Of the mail that was sent for it: SHA-256 of its wording, base64url. */
  readonly mailHash: string | undefined
  readonly expiresAt: Date
}

export type NewEnrolment = Omit<Enrolment, 'openedAt' | 'answeredAt' | 'sealedAnswers' | 'outcome'>

export interface EnrolmentReads {
  find(ref: EnrolmentRef): Promise<Enrolment | undefined>
  /** Those of one person, oldest first. */
  of(subjectId: SubjectId): Promise<readonly Enrolment[]>
  /** Those whose time is over, the oldest first. */
  expired(now: Date, most: number): Promise<readonly Enrolment[]>
  /** Proven before, with something decided that is not in the ledger, the oldest first, without those named. */
  undone(before: Date, most: number, except: readonly EnrolmentId[]): Promise<readonly Enrolment[]>
}

/**
 * Port. Promises: each step is one conditional update, so that of any number of parallel tries one is true; an enrolment that
 * has ended takes no further step.
 */
export interface EnrolmentStore extends EnrolmentReads {
  insert(enrolment: NewEnrolment): Promise<void>
  /** The hand-off was taken up, by one phone (R38: what is shown to all is used once). */
  open(ref: EnrolmentRef, at: Date): Promise<boolean>
  /** Keeps what was answered, once. */
  answer(ref: EnrolmentRef, sealedAnswers: Uint8Array | undefined, at: Date): Promise<boolean>
  /** Ends it as proven, once; what its owner decided takes the place of what was answered at the counter. */
  prove(ref: EnrolmentRef, sealedDecided: Uint8Array | undefined, at: Date): Promise<boolean>
  /** Ends it otherwise, once; nothing of it is kept. */
  end(ref: EnrolmentRef, outcome: Exclude<EnrolmentOutcome, 'proven'>, at: Date): Promise<boolean>
  /** What was kept is in the ledger, or is not wanted. */
  dropAnswers(ref: EnrolmentRef): Promise<void>
  remove(ref: EnrolmentRef): Promise<boolean>
}

export interface EnrolStores {
  readonly enrolments: EnrolmentStore
}

/** The cell that held answers are sealed into. */
export const answersPlace = ({ enrolmentId }: EnrolmentRef) => ({
  table: 'store_enrolments',
  column: 'sealed_answers',
  row: enrolmentId,
})

import type { Id, SubjectId } from '../../../kernel/ids.ts'

export type ConfirmationId = Id<'confirmation'>

/** One yes that somebody was asked to confirm; those asked for in one message share the confirmation. */
export interface StoredConfirmation {
  readonly subjectId: SubjectId
  readonly eventId: string
  readonly confirmationId: ConfirmationId
  readonly contactChannel: 'email' | 'sms'
  readonly contactPoint: string
  readonly language: string
  readonly requestedAt: Date
  readonly expiresAt: Date
  readonly sent: { readonly at: Date; readonly message: string; readonly template: string } | undefined
  readonly remindedAt: Date | undefined
  readonly outcome: 'confirmed' | 'overtaken' | 'lapsed' | undefined
}

export type ConfirmationOutcome = NonNullable<StoredConfirmation['outcome']>

/**
 * Port. Promises: a yes is asked about once: of parallel claims of it exactly one gets it; the one reminder likewise; rows
 * are only ever those of the subject named. What is confirmed is not decided here but in the ledger.
 */
export interface ConfirmationStore {
  /** Keeps those whose yes was not asked about yet, and answers with their event ids. */
  claim(confirmations: readonly StoredConfirmation[]): Promise<readonly string[]>
  markSent(
    subjectId: SubjectId,
    confirmationId: ConfirmationId,
    sent: NonNullable<StoredConfirmation['sent']>,
  ): Promise<void>
  /** True for the first caller alone. */
  claimReminder(subjectId: SubjectId, confirmationId: ConfirmationId, at: Date): Promise<boolean>
  /** Notes that tending it failed: it is not due again before `until`, and stands behind those that are due earlier. */
  putOff(subjectId: SubjectId, confirmationId: ConfirmationId, until: Date): Promise<void>
  /** True when it was open. */
  close(
    subjectId: SubjectId,
    confirmationId: ConfirmationId,
    outcome: ConfirmationOutcome,
    at: Date,
  ): Promise<boolean>
}

export interface Unasked {
  readonly subjectId: SubjectId
  readonly since: Date
}

export interface DueConfirmation {
  readonly subjectId: SubjectId
  readonly confirmationId: ConfirmationId
  readonly requestedAt: Date
}

export interface ConfirmationReads {
  of(subjectId: SubjectId): Promise<readonly StoredConfirmation[]>
  /**
   * Subjects with a yes that waits and that nobody was asked about, whoever waits longest first, from `after` on: what a crash
   * left undone. Among them are some who must not be written to, such as children who answered for themselves: their age is
   * sealed, and only the facts tell.
   */
  unasked(now: Date, most: number, after?: Unasked): Promise<readonly Unasked[]>
  /**
   * Open ones that need looking at and were not put off: not sent since `unsentBefore`, due for their reminder, or over. In the
   * order of the attempt that is due: the oldest first, those that failed by when they were to be tried again.
   */
  due(
    times: { readonly now: Date; readonly unsentBefore: Date; readonly sentBefore: Date },
    most: number,
  ): Promise<readonly DueConfirmation[]>
}

export interface ConfirmationStores {
  readonly confirmations: ConfirmationStore
}

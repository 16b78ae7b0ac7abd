import type { SubjectId } from '../../kernel/ids.ts'

/** A code that was shown at a till. */
export interface Presentation {
  readonly subjectId: SubjectId
  readonly fingerprint: Uint8Array
  readonly clientId: string
  readonly touchpointId: string
  /** Hash of the key the till gave its request, so that a repetition after a lost answer is known. */
  readonly requestHash: Uint8Array
  /** Told late by a till that had no connection when it was shown. */
  readonly late: boolean
  readonly presentedAt: Date
  readonly receivedAt: Date
}

/** `same-request`: this is the very request that had it first; `same-till`: another of this till; `elsewhere`: of another. */
export type Claimed = 'first' | 'same-request' | 'same-till' | 'elsewhere'

/**
 * Port. Promises: of any number of parallel claims of one code, in all processes, exactly one is `first`; the others are
 * told so and change nothing. What was claimed is known for at least thirty days, longer than anything may be told late.
 */
export interface PresentationStore {
  claim(presentation: Presentation): Promise<Claimed>
}

/** Which request it was that a code was answered to, and not before when. */
export type AnsweredRequest = Pick<
  Presentation,
  'subjectId' | 'fingerprint' | 'clientId' | 'touchpointId' | 'requestHash'
> & { readonly since: Date }

export interface PresentationReads {
  /** Whether this very request had the code first. */
  wasAnswered(request: AnsweredRequest): Promise<boolean>
  /** Newest first. */
  of(
    subjectId: SubjectId,
  ): Promise<readonly Omit<Presentation, 'subjectId' | 'fingerprint' | 'requestHash'>[]>
}

export interface LoyaltyStores {
  readonly presentations: PresentationStore
}

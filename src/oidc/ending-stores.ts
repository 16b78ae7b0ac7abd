import type { SubjectId } from '../kernel/ids.ts'

export interface EndedSession {
  readonly uid: string
  readonly hash: string
  readonly payload: Uint8Array
}

/** What a client must be told: the session of that name is over. */
export interface Notice {
  readonly noticeId: string
  readonly clientId: string
  readonly sid: string | null
}

/**
 * Ports of what ends at somebody's wish, in the transaction of its audit entry. What they delete is gone with it at once:
 * no token that grew from an ended session or a dropped allowance is good for anything afterwards.
 */
export interface EndingStores {
  readonly sessions: {
    /** `only` or `except` name a session; neither means all. Two requests at once may have left two rows of one. */
    end(
      subjectId: SubjectId,
      which: { readonly only?: string; readonly except?: string },
    ): Promise<readonly EndedSession[]>
    queueNotices(subjectId: SubjectId, notices: readonly Notice[]): Promise<void>
  }
  readonly allowances: {
    /** True when there was something to take back. */
    drop(subjectId: SubjectId, clientId: string): Promise<boolean>
    dropAll(subjectId: SubjectId): Promise<void>
  }
}

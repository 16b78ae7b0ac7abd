import type { Id, SubjectId } from '../../../kernel/ids.ts'

export type LiftNoticeId = Id<'lift-notice'>

/** By our message, or as the officer told them. */
export type ToldBy = 'email' | 'sms' | 'letter' | 'telephone' | 'in-person'

/** That a person was told that a restriction will end, before it does (GDPR Art. 18(3)). */
export interface LiftNotice {
  readonly subjectId: SubjectId
  readonly noticeId: LiftNoticeId
  readonly scope: readonly string[]
  readonly announcedAt: Date
  readonly toldAt: Date | undefined
  readonly liftedAt: Date | undefined
}

export interface LiftNoticeReads {
  of(subjectId: SubjectId): Promise<readonly LiftNotice[]>
}

/** Port. Promises: one notice of one id, of however many at once; what was told stays as it was told; used for one lift. */
export interface LiftNoticeStore {
  /** False where it was announced before. */
  announce(notice: Omit<LiftNotice, 'toldAt' | 'liftedAt'>): Promise<boolean>
  markTold(
    subjectId: SubjectId,
    noticeId: LiftNoticeId,
    told: {
      readonly at: Date
      readonly by: ToldBy
      readonly message?: string
      readonly template?: string
    },
  ): Promise<void>
  markLifted(subjectId: SubjectId, noticeId: LiftNoticeId, at: Date): Promise<void>
}

export interface LiftNoticeStores {
  readonly liftNotices: LiftNoticeStore
}

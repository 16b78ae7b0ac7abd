import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Id, StaffId, SubjectId } from '../../kernel/ids.ts'
import type { NoticeReference } from '../consent/index.ts'
import type { CallId, CallLanguage } from './call.ts'

export type CallActId = Id<'call-act'>

/** One answer an agent told of: a no that counts at once, or a yes that waits for the person. */
export interface ToldAnswer {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly answer: 'yes' | 'no'
  /** The wording that was read aloud. */
  readonly notice: NoticeReference
  /** The wording of the person's own yes that a no took back: what saying "that was not me" restores. */
  readonly tookBack?: NoticeReference
}

/** One question, answered by the person themselves. */
export interface OwnAnswer {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly answer: 'yes' | 'no'
}

/** What an agent recorded in a call about one person, until that person confirmed it or said that it was not them. */
export interface CallAct {
  readonly id: CallActId
  readonly subjectId: SubjectId
  readonly callId: CallId
  readonly reference: string
  readonly agentId: StaffId
  readonly touchpoint: string
  readonly language: CallLanguage
  readonly answers: readonly ToldAnswer[]
  /** What proves the telling: call, script, recording. Goes along with the person's own confirmation. */
  readonly particulars: Readonly<Record<string, string>>
  /** The facts it added to the ledger; what the person adds later is none of them. */
  readonly toldEvents: readonly string[]
  readonly recordedAt: Date
  readonly sentAt?: Date
  readonly sentMessage?: string
  /** When the person began to answer by the link. */
  readonly confirmedAt?: Date
  /** What they answer by it; without it, whoever began gave up. */
  readonly ownAnswers?: readonly OwnAnswer[]
  /** The facts their answer added to the ledger, none where all of it stood already. Only with it the link is answered. */
  readonly ownEvents?: readonly string[]
  readonly disownedAt?: Date
  readonly expiresAt: Date
}

export type NewCallAct = Omit<
  CallAct,
  'sentAt' | 'sentMessage' | 'confirmedAt' | 'ownAnswers' | 'ownEvents' | 'disownedAt'
> & {
  readonly commandKey: Uint8Array
}

/** For how long the person can confirm what was told, and say that it was not them. */
export const actDays = 7

/** What still waits for the person. An answer that could not be kept is none. */
export const pendingOf = ({ answers, ownEvents, disownedAt }: CallAct): readonly ToldAnswer[] =>
  ownEvents !== undefined || disownedAt !== undefined ? [] : answers.filter(({ answer }) => answer === 'yes')

import type { Id, IdentifierId, StaffId, SubjectId } from '../../kernel/ids.ts'
import type {
  Call,
  CallAssurance,
  CallId,
  CallLanguage,
  CallMatch,
  CallMessage,
  CallSummary,
  GivenReason,
} from './call.ts'
import type { CallAct, CallActId, NewCallAct, OwnAnswer } from './call-act.ts'
import type { FoundBy } from './masked-candidate.ts'

export interface NewCall {
  readonly id: CallId
  readonly reference: string
  readonly externalCall: string | undefined
  readonly clientId: string | undefined
  readonly outgoing: boolean
  readonly agentId: StaffId
  readonly touchpoint: string
  readonly language: CallLanguage
  readonly match: CallMatch
  /** Blind index of the number at the other end; the number itself is kept nowhere. */
  readonly callerIndex: Uint8Array | undefined
  readonly openedAt: Date
}

export interface Candidate {
  readonly key: string
  readonly subjectId: SubjectId
  readonly foundBy: FoundBy
}

export type CheckKind = 'code' | 'call-back' | 'own-device'
export type CheckId = Id<'call-check'>

export interface CallCheck {
  readonly id: CheckId
  readonly callId: CallId
  readonly kind: CheckKind
  readonly contactPoint: IdentifierId | undefined
  /** Of the request on the person's own device; of a call back, the second call that proved it. */
  readonly ref: string | undefined
  readonly wrong: number
  readonly startedAt: Date
}

/** What an agent looked up over some days, and how often a verification followed. */
export interface LookUpCounts {
  readonly lookUps: number
  readonly verified: number
}

export interface CallReads {
  find(callId: CallId): Promise<Call | undefined>
  /** The call of this agent that the telephony system calls so. */
  findExternal(agentId: StaffId, externalCall: string): Promise<Call | undefined>
  /** Not ended, and not begun before `since`; newest first. Of one agent, or of all. */
  live(since: Date, agentId?: StaffId): Promise<readonly Call[]>
  callerIndex(callId: CallId): Promise<Uint8Array | undefined>
  /** The ten that were found last, in the order in which they were found. */
  candidates(callId: CallId): Promise<readonly Candidate[]>
  openCheck(callId: CallId): Promise<CallCheck | undefined>
  act(subjectId: SubjectId, actId: CallActId): Promise<CallAct | undefined>
  actByCommand(subjectId: SubjectId, commandKey: Uint8Array): Promise<CallAct | undefined>
  actsOf(subjectId: SubjectId, callId?: CallId): Promise<readonly CallAct[]>
  callsAbout(subjectId: SubjectId): Promise<readonly Call[]>
}

/**
 * Port. Promises: every change of a call is one statement that looks at its state and its agent, so that of many hands on
 * many processes one moves it and the others are told undefined or false; assurance never falls but by `resume`, and never
 * rises on a call that is not open, has another person chosen, or whose checks were stopped; a call has one open check; an
 * act is kept once for each command, disowned once, and never answered after it was disowned; whoever begins to answer one
 * keeps the others off until the answer is settled, given back, or older than `staleBefore`.
 */
export interface CallStore extends CallReads {
  /** False when the reference, or the external id with this agent, is taken. */
  insert(call: NewCall): Promise<boolean>
  /**
   * The line is told of by this system from now on: its number takes the place of whatever was typed, and a match with that
   * is none any more. Undefined when another system, or this one, announced the call before.
   */
  adopt(
    callId: CallId,
    announced: Pick<NewCall, 'match' | 'callerIndex' | 'outgoing'> & { readonly clientId: string },
  ): Promise<Call | undefined>
  /** Those not among the candidates yet are added; the others were found now, by the name they had. */
  addCandidates(callId: CallId, candidates: readonly Candidate[], at: Date): Promise<void>
  /** The whole assurance goes with the person: whoever is chosen anew is nobody's until verified. */
  choose(
    callId: CallId,
    agentId: StaffId,
    chosen: {
      readonly subjectId: SubjectId
      readonly reason: GivenReason
      readonly assurance: 'none' | 'number-match'
    },
  ): Promise<Call | undefined>
  /** After `leaveCheck`, in one unit with it. */
  beginCheck(check: Omit<CallCheck, 'wrong'>): Promise<void>
  /** Ends the one that is open. True when it had wrong answers. */
  leaveCheck(callId: CallId, at: Date): Promise<boolean>
  /** Makes this second call the proof of this check. False when it proved one before. */
  spendSecondCall(callId: CallId, checkId: CheckId, secondCall: CallId): Promise<boolean>
  /** How many wrong answers it has now; undefined when it is not open. */
  wrongAnswer(callId: CallId, checkId: CheckId): Promise<number | undefined>
  /** False when it was not open. */
  endCheck(callId: CallId, checkId: CheckId, state: 'passed' | 'failed' | 'over', at: Date): Promise<boolean>
  failChecks(callId: CallId, failures: number): Promise<Call | undefined>
  verify(
    callId: CallId,
    agentId: StaffId,
    subjectId: SubjectId,
    assurance: CallAssurance,
    at: Date,
  ): Promise<Call | undefined>
  noteMessage(callId: CallId, message: CallMessage): Promise<void>
  /** Undefined when the call is not open, or another agent's. */
  speak(callId: CallId, agentId: StaffId, language: CallLanguage): Promise<Call | undefined>
  drop(callId: CallId, at: Date): Promise<Call | undefined>
  /** Open again, and nothing of what was reached; nor is its number anybody's any more. */
  resume(callId: CallId, agentId: StaffId, droppedSince: Date): Promise<Call | undefined>
  end(callId: CallId, at: Date, summary: CallSummary | undefined): Promise<Call | undefined>

  addAct(act: NewCallAct): Promise<boolean>
  markSent(subjectId: SubjectId, actId: CallActId, sent: { at: Date; message: string }): Promise<void>
  confirmAct(
    subjectId: SubjectId,
    actId: CallActId,
    claim: { readonly answers: readonly OwnAnswer[]; readonly at: Date; readonly staleBefore: Date },
  ): Promise<boolean>
  /** Nothing came of the answer begun then: another may be given. */
  giveBackAct(subjectId: SubjectId, actId: CallActId, begunAt: Date): Promise<void>
  /** What was answered is in the ledger, by these facts. True for the first that says so. */
  settleAct(subjectId: SubjectId, actId: CallActId, events: readonly string[]): Promise<boolean>
  disownAct(subjectId: SubjectId, actId: CallActId, at: Date): Promise<boolean>

  countAgent(agentId: StaffId, day: string, more: LookUpCounts): Promise<void>
  agentCounts(agentId: StaffId, since: string): Promise<LookUpCounts>
  /** True for the first of the day. */
  claimAlarm(agentId: StaffId, day: string, at: Date): Promise<boolean>
}

export interface CallsStores {
  readonly calls: CallStore
}

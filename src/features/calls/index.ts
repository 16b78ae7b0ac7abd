/**
 * Calls: an agent of ours on the telephone with somebody. The caller's number finds candidates and verifies nobody; the agent
 * says who it is and why the record is opened, and the caller proves it by a code, a call back or their own device. What was
 * reached opens fields, one look at a time, and ends with the call. An agent can write down a no, and of a yes only that it
 * was said: the customer says it themselves by the link they are sent, or says that it was not them. Every look leaves a line
 * in the customer's own activity.
 */

export { askOwnDevice, type DeviceAnswer, ownDeviceAnswer } from './ask-own-device.ts'
export {
  type Call,
  type CallAssurance,
  type CallId,
  type CallLanguage,
  type CallMessage,
  type CallReason,
  type CallSummary,
  callAssurances,
  callReasons,
  callSummaries,
  type GivenReason,
} from './call.ts'
export {
  actDays,
  type CallAct,
  type CallActId,
  type OwnAnswer,
  pendingOf,
  type ToldAnswer,
} from './call-act.ts'
export { confirmCallBack, planCallBack } from './call-back.ts'
export { type CallLink, openCallLink } from './call-link.ts'
export type { CallRecording } from './call-particulars.ts'
export type {
  CallerChecks,
  CallMessages,
  CallParts,
  OnCall,
  OpenPrivacyRequest,
  RequestRight,
} from './call-ports.ts'
export { agentReference } from './call-reference.ts'
export { callScripts } from './call-scripts.ts'
export type { CallReads, CallsStores } from './call-store.ts'
export type {
  BlockedAction,
  CallerField,
  CallerOutline,
  CallerStanding,
  CallQuestion,
  CallScript,
  CallView,
  LiveCall,
  ToldChoices,
} from './call-views.ts'
export { callerFields, unmaskedSeconds, unmaskField } from './caller-fields.ts'
export { changeCallLanguage } from './change-call-language.ts'
export { chooseCaller } from './choose-caller.ts'
export { type ConfirmedChoices, confirmCallChoices } from './confirm-call-choices.ts'
export { type DisownedAct, disownCallAct } from './disown-call-act.ts'
export { announcedCall, dropCall, noteCallEvent, resumeCall, wrapUp } from './end-call.ts'
export { callEvents } from './events.ts'
export type { MaskedCandidate, MaskedContact } from './masked-candidate.ts'
export { agentOf } from './on-call.ts'
export { announceCall, openCall } from './open-call.ts'
export { openRequestFor } from './open-request-for.ts'
export { callsPersonalData } from './personal-data.ts'
export { pgCallReads, pgCallsStores, sweepCalls } from './pg-call-store.ts'
export { callsOf, readCall } from './read-call.ts'
export { type RecordCallChoices, recordCallChoices } from './record-call-choices.ts'
export { type CodeAnswer, redeemCallerCode } from './redeem-caller-code.ts'
export { searchCaller } from './search-caller.ts'
export { sendCallerCode } from './send-caller-code.ts'
export { callActOf } from './settle-call-act.ts'
export { type ActAnswerNow, howActStands } from './standing-questions.ts'
export { supervise } from './supervise.ts'
export { isVerified, resumeMinutes } from './verification-rules.ts'

import type { Id, StaffId, SubjectId } from '../../kernel/ids.ts'

export type CallId = Id<'call'>

/** Why a record is opened in a call. A closed list, so that it can be counted; `other` needs words. */
export const callReasons = ['order', 'account', 'privacy', 'loyalty', 'complaint', 'other'] as const
export type CallReason = (typeof callReasons)[number]

export interface GivenReason {
  readonly code: CallReason
  readonly words?: string
}

/** What a call came to, in words that can be counted. */
export const callSummaries = [
  'answered',
  'preferences',
  'request-opened',
  'not-verified',
  'passed-on',
  'other',
] as const
export type CallSummary = (typeof callSummaries)[number]

/** What was sent to the customer during the call: which message by which way, never to which address. */
export interface CallMessage {
  readonly kind: 'code' | 'own-device' | 'choices'
  readonly by: 'email' | 'sms' | 'own-device'
  readonly at: string
}

export type CallLanguage = 'es' | 'en'
export type CallState = 'open' | 'dropped' | 'ended'
export type CallMatch = 'none' | 'one' | 'many'

/** One conversation on the telephone, from the agent's side. It holds no number, name or address of anybody. */
export interface Call {
  readonly id: CallId
  /** What both sides can say aloud, and what receipts and evidence name: `LL-4F7K2M`. */
  readonly reference: string
  /** The telephony system's own id of it. */
  readonly externalCall?: string
  /** The telephony system that announced it. */
  readonly clientId?: string
  /** Whether it went out from us, as the telephony system tells. */
  readonly outgoing: boolean
  readonly agentId: StaffId
  /** The desk or store where it is taken. */
  readonly touchpoint: string
  readonly language: CallLanguage
  readonly state: CallState
  /** What the caller's number found. It verifies nobody. */
  readonly match: CallMatch
  readonly subjectId?: SubjectId
  readonly reason?: GivenReason
  readonly assurance: CallAssurance
  readonly verifiedAt?: Date
  readonly failedChecks: number
  readonly openedAt: Date
  readonly droppedAt?: Date
  readonly endedAt?: Date
  readonly summary?: CallSummary
  readonly messages: readonly CallMessage[]
}

/** How the caller was found to be who they are, in rising order. `number-match` verifies nothing: numbers are forged. */
export const callAssurances = ['none', 'number-match', 'code', 'call-back', 'own-device'] as const
export type CallAssurance = (typeof callAssurances)[number]

import type { ContactChannel } from '../../kernel/evidence.ts'
import type { ReceiptId } from '../../kernel/ids.ts'
import type { NoticeReference } from '../consent/index.ts'
import type { Call, CallAssurance } from './call.ts'
import type { MaskedCandidate, MaskedContact } from './masked-candidate.ts'

/** Actions that a person's state closes, whatever the agent may do. */
export type BlockedAction = 'checks' | 'fields' | 'choices' | 'requests'

export interface CallerStanding {
  readonly locked: boolean
  readonly restricted: boolean
  readonly minor: boolean
}

/** Who was chosen, as the agent's screen may say it. */
export interface CallerOutline {
  /** Masked. */
  readonly name: string
  readonly contacts: readonly MaskedContact[]
  /** Whether the house can ask on the person's own device. Says nothing of whether they have one (R50). */
  readonly ownDevice: boolean
  readonly standing: CallerStanding
  readonly blocked: readonly BlockedAction[]
}

export interface CallView {
  readonly call: Call
  readonly candidates: readonly MaskedCandidate[]
  readonly caller?: CallerOutline
}

/** One attribute of the caller that the house may use to serve them. */
export interface CallerField {
  readonly attribute: string
  readonly labels: Readonly<Record<string, string>>
  /** Never the value. */
  readonly masked: string
  /** The least assurance that opens it. */
  readonly needs: CallAssurance
  readonly unlocked: boolean
}

/** Words to read aloud, with what pins them. */
export interface CallScript {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly notice: NoticeReference
  readonly title: string
  readonly summary: string
  readonly text: string
  /** `pending`: said yes in this call, and not confirmed by the person yet. */
  readonly standing: 'yes' | 'no' | 'none' | 'pending'
}

export interface CallQuestion {
  readonly purpose: string
  readonly contactChannel: ContactChannel
}

export interface ToldChoices {
  readonly outcome: 'recorded' | 'unchanged' | 'stale'
  readonly receiptId?: ReceiptId
  /** Yeses that permit nothing until the person confirms them. */
  readonly pending: readonly CallQuestion[]
  /** Noes, which count at once. */
  readonly told: readonly CallQuestion[]
  /** Where the person was told; undefined where there was no verified address. */
  readonly sentTo?: MaskedContact
  /** They were sent so many messages about calls that this one brought none. It says nothing of what was recorded. */
  readonly heldBack?: true
}

/** A call in progress as a supervisor sees it: about the work, and about no customer. */
export interface LiveCall {
  readonly reference: string
  readonly agent: string
  readonly touchpoint: string
  readonly state: 'open' | 'dropped'
  readonly match: Call['match']
  readonly chosen: boolean
  readonly assurance: CallAssurance
  readonly failedChecks: number
  readonly openedAt: Date
  readonly droppedAt?: Date
}

import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, StaffId, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { ConsentRegistry, FactsReader, MessageAddress, RecordChoicesParts } from '../consent/index.ts'
import type { IdentityArtefacts, IdentityReads } from '../identity/index.ts'
import type { AttributeCatalogue } from '../profile/index.ts'
import type { ReleaseClaims, ReleaseParts } from '../recipients/index.ts'
import type { CallId, CallLanguage } from './call.ts'
import type { CallReads, CallsStores } from './call-store.ts'
import type { CallQuestion } from './call-views.ts'

/**
 * Port: asking the customer on their own device. Promises: the same limits, page and ways out as any request by telephone
 * (R52); `redeem` is true once, and looks again at person and agent (R55).
 */
export interface CallerChecks {
  ask(request: {
    readonly subjectId: SubjectId
    readonly agentId: StaffId
    readonly touchpointId: string | undefined
    readonly bindingMessage: string
    readonly language: string
  }): Promise<{ readonly ref: string; readonly expiresAt: Date }>
  state(ref: string, agentId: StaffId): Promise<'pending' | 'approved' | 'declined' | 'reported' | 'expired'>
  redeem(ref: string, agentId: StaffId): Promise<{ readonly subjectId: SubjectId } | undefined>
  /** Nobody waits for the answer any more. */
  end(ref: string, agentId: StaffId): Promise<void>
}

export type RequestRight =
  | 'access'
  | 'rectification'
  | 'erasure'
  | 'restriction'
  | 'portability'
  | 'objection'
  | 'automated-decision'

/** Port: the room that keeps the requests of data subjects. Promises: the same key opens one request. */
export type OpenPrivacyRequest = (command: {
  readonly subjectId: SubjectId
  readonly right: RequestRight
  readonly words?: string
  readonly actor: Actor
  readonly evidence: Evidence
  readonly receivedAt: Date
  readonly idempotencyKey: string
  /** What the call found out about who it is. */
  readonly identity: 'none' | 'contact-point' | 'signed-in-strongly'
  readonly particulars: { readonly call: string }
}) => Promise<{ readonly id: string; readonly reference: string; readonly due: string }>

/**
 * Port. Promises: the message was handed over for exactly this address, or it rejects. No advertising rides on it, and no name
 * of an agent.
 */
export interface CallMessages {
  /** False where nothing can be sent to telephones. */
  readonly texts: boolean
  code(
    to: MessageAddress,
    message: { readonly language: CallLanguage; readonly code: string; readonly reference: string },
  ): Promise<void>
  /** What was recorded in the call, with the one link by which it is confirmed or disowned. Answers with the message's id. */
  choices(
    to: MessageAddress,
    message: {
      readonly language: CallLanguage
      readonly reference: string
      readonly at: Date
      readonly pending: readonly (CallQuestion & { readonly title: string })[]
      readonly told: readonly (CallQuestion & { readonly title: string })[]
      /** A sealed token; the page it leads to acts by POST alone. */
      readonly token: string
      readonly until: Date
    },
  ): Promise<string>
}

/** What the use cases of this room are given. */
export interface CallParts {
  readonly work: Work<CallsStores>
  readonly calls: CallReads
  readonly clock: Clock
  readonly entropy: Entropy
  readonly limiter: Limiter
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
  readonly codes: IdentityArtefacts['codes']
  readonly codeKey: Uint8Array
  readonly tokens: SealedTokens
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly facts: FactsReader
  readonly ledger: RecordChoicesParts
  /** The one decision, for what is only shown masked: nothing leaves by it. */
  readonly preview: Omit<ReleaseParts, 'disclosures' | 'entropy'>
  /** The one door by which a value leaves, on record. */
  readonly release: ReleaseClaims
  readonly catalogue: Pick<AttributeCatalogue, 'all'>
  readonly messages: CallMessages
  readonly house: { readonly controller: string; readonly brand: string }
  /** The client in whose name our own agents ask. */
  readonly deskClient: string
  /** An active member of staff who may verify callers at this place. */
  readonly findAgent: (
    staffId: StaffId,
    touchpoint: string,
  ) => Promise<{ readonly staffId: StaffId } | undefined>
  /** All accounts of the person who has this one, itself among them. */
  readonly accountsOf: (subjectId: SubjectId) => Promise<readonly SubjectId[]>
  /** After a confirmed yes, which may have to be confirmed by its contact point; must return at once. */
  readonly onYes: (subjectId: SubjectId) => void
  /** Absent in a house that asks nobody on their own device. */
  readonly checks?: CallerChecks
  /** Absent in a house that takes no requests. */
  readonly openRequest?: OpenPrivacyRequest
}

/** What every act of an agent in a call says. */
export interface OnCall {
  readonly callId: CallId
  readonly actor: Actor
  readonly evidence: Evidence
}

import type { Assurance } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'

/** The customer with their own device, as their own session proves them; nobody else can be one (R56). */
export interface CallVisitor {
  readonly subjectId: SubjectId
  readonly assurance: Assurance
  readonly authenticatedAt: Date
  readonly sessionRef: string
  readonly evidence: Evidence
}

/** What a page names before anybody decides, and after they did. */
export interface CallRequest {
  readonly state: 'pending' | 'approved' | 'declined' | 'reported' | 'expired'
  readonly agentReference: string
  readonly clientName: string
  readonly touchpointId: string | undefined
  readonly bindingMessage: string
  readonly scopes: readonly string[]
  readonly startedAt: Date
  readonly expiresAt: Date
}

/** Of somebody else, of nobody, or gone: one answer. */
export type NoCall = 'no-such-request'

/**
 * The customer's half of a request by call (CIBA). Each answers how the request stands afterwards; the first answer holds,
 * and asking again changes nothing. Approving throws `sign-in-too-old` unless the person proved themselves with a passkey
 * within five minutes.
 */
export interface CallApprovals {
  open(link: string, who: CallVisitor): Promise<CallRequest | NoCall>
  approve(link: string, who: CallVisitor): Promise<CallRequest | NoCall>
  decline(link: string, who: CallVisitor): Promise<CallRequest | NoCall>
  /** "That was not me": ends the request and what came of it, keeps the client from asking again, raises the alarm. */
  report(link: string, who: CallVisitor): Promise<CallRequest | NoCall>
}

import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { CallAgent } from './agent.ts'
import type { CallStores } from './call-store.ts'

/** What a message about a request says. */
export interface CallPrompt {
  /** Of the page where it is answered, on our own site. */
  readonly path: string
  readonly agentReference: string
  readonly clientName: string
  readonly bindingMessage: string
  readonly expiresAt: Date
}

export type SendPrompt = (prompt: CallPrompt) => Promise<void>

/**
 * Port: how a person is told that somebody asks for their yes. Undefined for whoever could not be told or could not answer:
 * without a passkey, or without a verified address or number. Web push, e-mail and text messages are ways of this port.
 */
export type FindWay = (subjectId: SubjectId) => Promise<SendPrompt | undefined>

/** What requests by call need beside the engine's own. Without it the engine does not offer the grant at all. */
export interface CibaDeps {
  /** The client in whose name the house's own agents ask; left out, they do not. It can get no token. */
  readonly desk?: string
  readonly limiter: Limiter
  readonly work: Work<CallStores>
  /** Whose e-mail address, number or card this is. Does the same work for a hint that is nobody's (R50). */
  readonly findPerson: (hint: string) => Promise<SubjectId | undefined>
  /** The active member of staff who may verify callers at this place (undefined: anywhere). */
  readonly findAgent: (staffId: string, touchpointId: string | undefined) => Promise<CallAgent | undefined>
  readonly wayTo: FindWay
  /** Runs once the answer has left, so that nobody can time it. */
  readonly later: (task: () => Promise<void>) => void
  readonly onPing: (outcome: 'delivered' | 'failed' | 'given-up') => void
}

import type { FreshProof } from '../../features/identity/index.ts'
import { PlacetError, unauthenticated } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import { browserMarkOf } from './security-browser.ts'
import type { SecurityDeps } from './security-deps.ts'

export const securityPath = '/privacy/security'

export interface Owner {
  readonly subjectId: SubjectId
  readonly proof: FreshProof
  readonly sessionRef: string
  /** What a passkey ceremony started here is bound to. */
  readonly boundTo: string
}

/** Whose account this is, and the proof their session rests on, with its own time. */
export async function ownerOf(deps: SecurityDeps, request: GuardedRequest): Promise<Owner> {
  const session = await deps.currentSession(request.exchange)
  const { actor } = request
  if (session === undefined || actor.kind !== 'subject' || actor.subjectId !== session.subjectId) {
    throw unauthenticated('sign-in-needed', 'Sign in to see this page.')
  }
  const { subjectId, assurance, authenticatedAt, sessionRef } = session
  return {
    subjectId,
    sessionRef,
    proof: { assurance, at: authenticatedAt },
    boundTo: `privacy-centre|${sessionRef}|${browserMarkOf(request, deps.https)}`,
  }
}

/** What a stolen device would go on showing: every browser's notifications but this one's. */
export const silenceOthers = (
  deps: SecurityDeps,
  request: GuardedRequest,
  { subjectId, proof: { assurance } }: Owner,
  because: 'sessions-ended' | 'credentials-changed',
) =>
  deps.silence({
    subjectId,
    keep: browserMarkOf(request, deps.https),
    actor: { kind: 'subject', subjectId, assurance },
    because,
    evidence: request.evidence,
  })

/**
 * A form cannot be interrupted by a sign-in and repeated afterwards, so a proof that is too weak or too old leads to a
 * page that asks for it; from there the person comes back and does what they wanted.
 */
export function proveFirst(error: unknown): Answer {
  if (error instanceof PlacetError && error.failure === 'needs-step-up') {
    const page = error.code === 'step-up-needed' ? 'confirm-with-passkey' : 'confirm'
    return seeOther(`${securityPath}/${page}`)
  }
  throw error
}

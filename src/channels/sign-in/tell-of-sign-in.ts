import type { Flow, Proof } from './flow.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import type { Visit } from './visit.ts'

/**
 * "Was this you?" (R88). The owner hears of a sign-in from a browser the account was never entered from, and of every
 * sign-in by a mere code where the account has something stronger: that is what a thief of the mailbox would do (R78).
 */
export function tellOfSignIn(deps: SignInDeps, visit: Visit, flow: Flow, proof: Proof): void {
  if (flow.registered) return
  const { subjectId, assurance } = proof
  const known = visit.known.markFor(visit.request, subjectId) !== undefined
  const news = { event: 'new-sign-in', at: visit.now, evidence: visit.evidence } as const
  deps.later(async () => {
    if (known && !(assurance === 'code' && (await hasMoreThanCodes(deps, proof)))) return
    await deps.mail.tell(subjectId, news)
  })
}

const hasMoreThanCodes = async (deps: SignInDeps, { subjectId }: Proof) =>
  (await deps.reads.passkeys.list(subjectId)).length > 0 ||
  (await deps.reads.passwords.find(subjectId)) !== undefined

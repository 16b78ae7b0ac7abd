import type { Clock } from '../../kernel/clock.ts'
import { tooMany } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { PasswordHasher } from '../../platform/passwords/index.ts'
import { lockSeconds } from './lockout.ts'
import type { PasswordReads } from './password-store.ts'
import type { SignInFailureStore } from './sign-in-failure-store.ts'
import { counterOf } from './sign-in-with-password.ts'

/**
 * Whether somebody already signed in knows the current password. Counted like a sign-in, on a counter of its own: a
 * session left open is no place to guess from, and guessing in it does not lock the door for the owner.
 */
export async function verifyPassword(
  deps: {
    readonly passwords: PasswordReads
    readonly failures: SignInFailureStore
    readonly hasher: PasswordHasher
    readonly clock: Clock
  },
  { subjectId, password }: { readonly subjectId: SubjectId; readonly password: string },
): Promise<boolean> {
  const counter = counterOf(Buffer.from(subjectId), 'inside a session')
  const attempt = await deps.failures.beginTry(counter, deps.clock.now(), lockSeconds)
  if (!attempt.allowed) {
    throw tooMany('too-many-attempts', 'The password is locked for a while.', attempt.retryAfterSeconds)
  }
  const kept = await deps.passwords.find(subjectId)
  const { ok } = await deps.hasher.verify(kept?.hash, password, subjectId)
  if (ok) await deps.failures.clear([counter])
  return ok
}

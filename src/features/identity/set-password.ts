import type { Clock } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { PasswordHasher, PasswordPolicy } from '../../platform/passwords/index.ts'
import { checkProof, type FreshProof } from './credential-change.ts'
import { identityEvent } from './events.ts'
import type { IdentityStores } from './identity-stores.ts'
import { lockActiveSubject } from './lock-active-subject.ts'
import type { SignInFailureStore } from './sign-in-failure-store.ts'

export interface SetPassword {
  readonly subjectId: SubjectId
  readonly password: string
  readonly proof: FreshProof
  /** Words around the account that must not carry the password: the address, the name (R60). */
  readonly words: readonly string[]
  readonly language: string
  /** Whose failures are forgotten: a new password starts with none. */
  readonly identifierIndexes: readonly Uint8Array[]
  readonly evidence: Evidence
}

/** The hash of an acceptable password; throws `invalid` with the policy's reason. A password here is a factor alone (R59). */
export async function hashNewPassword(
  deps: { readonly hasher: PasswordHasher; readonly policy: PasswordPolicy },
  command: Pick<SetPassword, 'password' | 'words' | 'language'>,
): Promise<string> {
  const { words, language } = command
  const verdict = await deps.policy.judge(command.password, { words, language, otherFactor: false })
  if (!verdict.acceptable) {
    const code = verdict.issue ?? 'password-guessable'
    throw invalid(code, 'This password cannot be used.', [{ field: 'password', code }])
  }
  return deps.hasher.hash(command.password)
}

/** Sets or changes the password. Ending the other sessions and telling the person is the caller's next step (R33). */
export async function setPassword(
  deps: {
    readonly work: Work<IdentityStores>
    readonly hasher: PasswordHasher
    readonly policy: PasswordPolicy
    readonly failures: SignInFailureStore
    readonly clock: Clock
    readonly entropy: Entropy
  },
  command: SetPassword,
): Promise<void> {
  const { subjectId, proof, evidence } = command
  const hash = await hashNewPassword(deps, command)
  await deps.work(async (tx) => {
    const at = deps.clock.now()
    await lockActiveSubject(tx, subjectId)
    const passkeys = await tx.passkeys.list(subjectId)
    checkProof(proof, { passkeys: passkeys.length }, at)
    await tx.passwords.set(subjectId, hash, at)
    await tx.audit.record({
      action: 'password.set',
      actor: { kind: 'subject', subjectId, assurance: proof.assurance },
      at,
      subjectId,
      evidence,
    })
    await tx.outbox.add(identityEvent(deps.entropy, 'password.set', subjectId, at))
  })
  await deps.failures.clear(command.identifierIndexes)
}

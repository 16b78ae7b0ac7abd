import { createHash } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { PasswordHasher } from '../../platform/passwords/index.ts'
import { type Admitted, admitSubject } from './admit-subject.ts'
import type { EntranceStores } from './entrance.ts'
import { lockSeconds } from './lockout.ts'
import type { PasskeyReads } from './passkey-store.ts'
import type { PasswordReads } from './password-store.ts'
import type { SignInFailureStore } from './sign-in-failure-store.ts'
import { mayEnter } from './subject.ts'

export interface SignInWithPassword {
  readonly identifierIndex: Uint8Array
  readonly password: string
  readonly evidence: Evidence
  /** Rejects when the visitor tried too often. It is waited for together with the account, before any try is counted. */
  readonly visitorMayTry?: Promise<void>
  /**
   * Mark of a browser this account was entered from before. Such a browser has failures of its own, so that a stranger's
   * do not lock the owner out (R66). The caller vouches for it: it comes out of a sealed cookie.
   */
  readonly knownBrowser?: (subjectId: SubjectId) => string | undefined
}

export type PasswordSignIn =
  | ({ readonly outcome: 'signed-in'; readonly hasPasskey: boolean } & Admitted)
  /** `subjectId` is for the audit trail, to be written after the answer; it must not change what is answered (R63). */
  | { readonly outcome: 'wrong'; readonly subjectId?: SubjectId }
  | { readonly outcome: 'locked'; readonly retryAfterSeconds: number }

/**
 * One read, one counted try, one verification, in the same order and with the same work for an address nobody has (R62).
 * Counting comes before verifying, so parallel guesses cannot slip in between (R64).
 */
export async function signInWithPassword(
  deps: {
    readonly work: Work<Pick<EntranceStores, 'subjects' | 'passwords'>>
    readonly passwords: PasswordReads
    readonly passkeys: Pick<PasskeyReads, 'list'>
    readonly failures: SignInFailureStore
    readonly hasher: PasswordHasher
    readonly clock: Clock
  },
  command: SignInWithPassword,
): Promise<PasswordSignIn> {
  const at = deps.clock.now()
  const [account] = await Promise.all([
    deps.passwords.findByIdentifier(command.identifierIndex),
    command.visitorMayTry,
  ])
  const browser = account && command.knownBrowser?.(account.subjectId)
  const counter = counterOf(command.identifierIndex, browser)
  const attempt = await deps.failures.beginTry(counter, at, lockSeconds)
  if (!attempt.allowed) return { outcome: 'locked', retryAfterSeconds: attempt.retryAfterSeconds }

  const checked = await deps.hasher.verify(
    account?.hash,
    command.password,
    Buffer.from(command.identifierIndex).toString('hex'),
  )
  if (!checked.ok || account?.hash === undefined || !mayEnter(account)) {
    return { outcome: 'wrong', ...(account === undefined ? {} : { subjectId: account.subjectId }) }
  }
  const { subjectId, hash } = account
  const anew = checked.rehash ? await deps.hasher.hash(command.password) : undefined
  // The password was right, so its failures are forgotten whether or not the account closed this very moment; and whether
  // there is a passkey, which decides what comes next, is asked along.
  const [admitted, own] = await Promise.all([
    deps.work(async (tx) => {
      if (anew !== undefined) await tx.passwords.replace(subjectId, hash, anew)
      return admitSubject(tx, { subjectId, assurance: 'password', at, evidence: command.evidence })
    }),
    deps.passkeys.list(subjectId),
    deps.failures.clear([counter]),
  ])
  return { outcome: 'signed-in', hasPasskey: own.length > 0, ...admitted }
}

/** The counter of an account, or of the account in one browser. */
export const counterOf = (identifierIndex: Uint8Array, browser: string | undefined): Uint8Array =>
  browser === undefined
    ? identifierIndex
    : createHash('sha256').update(identifierIndex).update(browser).digest()

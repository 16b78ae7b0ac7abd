import type { SubjectKeyStore } from '../../platform/crypto/index.ts'
import type { ChallengeStore } from './challenge-store.ts'
import type { IdentifierReads, IdentifierStore } from './identifier-store.ts'
import type { OneTimeCodeStore } from './one-time-code-store.ts'
import type { PasskeyReads, PasskeyStore } from './passkey-store.ts'
import type { PasswordReads, PasswordStore } from './password-store.ts'
import type { SignInFailureStore } from './sign-in-failure-store.ts'
import type { SubjectReads, SubjectStore } from './subject-store.ts'

/** The room's facts, as a unit of work holds them. */
export interface IdentityStores {
  readonly subjects: SubjectStore
  readonly subjectKeys: SubjectKeyStore
  readonly identifiers: IdentifierStore
  readonly passkeys: PasskeyStore
  readonly passwords: PasswordStore
}

/** The same facts for whoever only reads. */
export interface IdentityReads {
  readonly subjects: SubjectReads
  readonly identifiers: IdentifierReads
  readonly passkeys: PasskeyReads
  readonly passwords: PasswordReads
}

/** Single-use and counting rows: no facts, so no unit and no proof; each call is one statement of its own. */
export interface IdentityArtefacts {
  readonly codes: OneTimeCodeStore
  readonly challenges: ChallengeStore
  readonly failures: SignInFailureStore
}

import type { PasskeyStore } from './passkey-store.ts'
import type { PasswordStore } from './password-store.ts'
import type { SubjectStore } from './subject-store.ts'

/** The little that letting somebody in writes and asks, so that it can be done in one statement. */
export interface EntranceStores {
  readonly subjects: Pick<SubjectStore, 'mayEnter'>
  readonly passkeys: Pick<PasskeyStore, 'recordUse'>
  readonly passwords: Pick<PasswordStore, 'replace'>
}

import type { Knex } from 'knex'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { IdentityArtefacts, IdentityReads, IdentityStores } from './identity-stores.ts'
import { pgChallengeStore } from './pg-challenge-store.ts'
import { pgIdentifierStore } from './pg-identifier-store.ts'
import { pgOneTimeCodeStore } from './pg-one-time-code-store.ts'
import { pgPasskeyStore } from './pg-passkey-store.ts'
import { pgPasswordStore } from './pg-password-store.ts'
import { pgSignInFailureStore } from './pg-sign-in-failure-store.ts'
import { pgSubjectKeyStore } from './pg-subject-key-store.ts'
import { pgSubjectStore } from './pg-subject-store.ts'

export const pgIdentityStores = (trx: Knex.Transaction): IdentityStores => ({
  subjects: pgSubjectStore(trx),
  subjectKeys: pgSubjectKeyStore(trx),
  identifiers: pgIdentifierStore(trx),
  passkeys: pgPasskeyStore(trx),
  passwords: pgPasswordStore(trx),
})

export const pgIdentityReads = (lane: Knex): IdentityReads => ({
  subjects: pgSubjectStore(lane),
  identifiers: pgIdentifierStore(lane),
  passkeys: pgPasskeyStore(lane),
  passwords: pgPasswordStore(lane),
})

export const pgIdentityArtefacts = (lane: Knex, sealedTokens: SealedTokens): IdentityArtefacts => ({
  codes: pgOneTimeCodeStore(lane),
  challenges: pgChallengeStore(lane, sealedTokens),
  failures: pgSignInFailureStore(lane),
})

/** Removes what expired: codes and challenges after a day, failure counters thirty days after the last failure. */
export async function sweepIdentityArtefacts(lane: Knex, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await lane('one_time_codes').where('expires_at', '<', daysAgo(1)).delete()
  await lane('webauthn_challenges').where('expires_at', '<', daysAgo(1)).delete()
  await lane('sign_in_failures')
    .where('last_failed_at', '<', daysAgo(30))
    .where((free) => free.whereNull('locked_until').orWhere('locked_until', '<', now))
    .delete()
}

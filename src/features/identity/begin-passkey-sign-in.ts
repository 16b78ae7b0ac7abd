import { generateAuthenticationOptions } from '@simplewebauthn/server'
import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ChallengeStore } from './challenge-store.ts'
import type { PasskeyReads } from './passkey-store.ts'
import { challengeMinutes, type RelyingParty } from './relying-party.ts'

/**
 * Options for signing in. Without `subjectId` they never depend on who is asking or what was typed: the list of
 * credentials is empty and the authenticator offers what it holds, so there is nothing to enumerate and no fake
 * credential to invent (R63). With it, for a step-up, the person is already known and only their passkeys will do.
 */
export async function beginPasskeySignIn(
  deps: {
    readonly challenges: ChallengeStore
    readonly passkeys: PasskeyReads
    readonly clock: Clock
    readonly relyingParty: RelyingParty
  },
  command: { readonly boundTo: string; readonly subjectId?: SubjectId },
) {
  const own = command.subjectId === undefined ? [] : await deps.passkeys.list(command.subjectId)
  const expiresAt = new Date(deps.clock.now().getTime() + challengeMinutes * 60_000)
  return generateAuthenticationOptions({
    rpID: deps.relyingParty.rpId,
    challenge: new Uint8Array(
      deps.challenges.issue({ purpose: 'sign-in', boundTo: command.boundTo }, expiresAt),
    ),
    userVerification: 'required',
    timeout: challengeMinutes * 60_000,
    allowCredentials: own.map(({ credentialId }) => ({
      id: Buffer.from(credentialId).toString('base64url'),
    })),
  })
}

import { generateRegistrationOptions } from '@simplewebauthn/server'
import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ChallengeStore } from './challenge-store.ts'
import type { PasskeyReads } from './passkey-store.ts'
import { challengeMinutes, passkeyAlgorithms, type RelyingParty } from './relying-party.ts'
import { userHandle } from './user-handle.ts'

/** No attestation: we would keep nothing of it, and asking shows people a warning. */
export async function beginPasskeyRegistration(
  deps: {
    readonly challenges: ChallengeStore
    readonly passkeys: PasskeyReads
    readonly clock: Clock
    readonly relyingParty: RelyingParty
  },
  command: {
    readonly subjectId: SubjectId
    /** What the person's own list of passkeys calls the account: their address. */
    readonly accountName: string
    readonly boundTo: string
    readonly silently: boolean
  },
) {
  const { subjectId, accountName } = command
  const own = await deps.passkeys.list(subjectId)
  const purpose = command.silently ? 'register-silently' : 'register'
  const expiresAt = new Date(deps.clock.now().getTime() + challengeMinutes * 60_000)
  return generateRegistrationOptions({
    rpID: deps.relyingParty.rpId,
    rpName: deps.relyingParty.name,
    userID: userHandle(subjectId),
    userName: accountName,
    userDisplayName: accountName,
    challenge: new Uint8Array(
      deps.challenges.issue({ purpose, boundTo: registrationBinding(command.boundTo, subjectId) }, expiresAt),
    ),
    attestationType: 'none',
    timeout: challengeMinutes * 60_000,
    supportedAlgorithmIDs: [...passkeyAlgorithms],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: own.map(({ credentialId }) => ({
      id: Buffer.from(credentialId).toString('base64url'),
    })),
  })
}

export const registrationBinding = (boundTo: string, subjectId: SubjectId): string =>
  `${boundTo}|${subjectId}`

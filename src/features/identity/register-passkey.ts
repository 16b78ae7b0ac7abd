import { verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { registrationBinding } from './begin-passkey-registration.ts'
import type { ChallengeStore } from './challenge-store.ts'
import { checkProof, type FreshProof } from './credential-change.ts'
import { identityEvent } from './events.ts'
import type { IdentityStores } from './identity-stores.ts'
import { lockActiveSubject } from './lock-active-subject.ts'
import { passkeyProvider } from './passkey-providers.ts'
import {
  challengeAnswered,
  passkeyRefused,
  type RegistrationAnswer,
  readPasskeyResponse,
  registrationShape,
} from './passkey-response.ts'
import type { Passkey, PasskeyId } from './passkey-store.ts'
import { passkeyAlgorithms, type RelyingParty } from './relying-party.ts'

export interface RegisterPasskey {
  readonly subjectId: SubjectId
  readonly response: string
  readonly boundTo: string
  /** The browser made it without asking, right after a password: nobody touched anything, so nothing says they did. */
  readonly silently: boolean
  readonly proof: FreshProof
  /** What the card is called when its keeper is not known. */
  readonly fallbackName: string
  readonly evidence: Evidence
}

/** Attestation was not asked for: what comes is nothing, or an authenticator vouching for itself. */
const formats = new Set(['none', 'packed'])
const longestCredentialId = 1023

/** WebAuthn L3 7.1 with what the library leaves to us (R74), at the account's highest level and freshly proven (R76). */
export async function registerPasskey(
  deps: {
    readonly work: Work<Pick<IdentityStores, 'subjects' | 'passkeys'>>
    readonly challenges: ChallengeStore
    readonly clock: Clock
    readonly entropy: Entropy
    readonly relyingParty: RelyingParty
  },
  command: RegisterPasskey,
): Promise<{ readonly passkeyId: PasskeyId; readonly name: string }> {
  const { subjectId, proof, evidence } = command
  const at = deps.clock.now()
  const answer = readPasskeyResponse(registrationShape, command.response)
  const challenge = challengeAnswered(answer.response.clientDataJSON)
  const fresh = await deps.challenges.consume({
    challenge,
    purpose: command.silently ? 'register-silently' : 'register',
    boundTo: registrationBinding(command.boundTo, subjectId),
    now: at,
  })
  if (!fresh) throw passkeyRefused()
  const made = await verify(answer, challenge, command.silently, deps.relyingParty)
  const passkeyId = deps.entropy.id<'passkey'>()
  const name = passkeyProvider(made.aaguid) ?? command.fallbackName

  return deps.work(async (tx) => {
    await lockActiveSubject(tx, subjectId)
    const own = await tx.passkeys.list(subjectId)
    checkProof(proof, { passkeys: own.length }, at)
    const passkey = { ...made, subjectId, passkeyId, name, createdAt: at, lastUsedAt: undefined }
    if (!(await tx.passkeys.add(passkey))) throw passkeyRefused()
    const facts = { passkeyId }
    await tx.audit.record({
      action: 'passkey.added',
      actor: { kind: 'subject', subjectId, assurance: proof.assurance },
      at,
      subjectId,
      evidence,
      facts: { ...facts, silently: command.silently },
    })
    await tx.outbox.add(identityEvent(deps.entropy, 'passkey.added', subjectId, at, facts))
    return { passkeyId, name }
  })
}

type Made = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backupEligible' | 'backedUp' | 'aaguid'
>

async function verify(
  answer: RegistrationAnswer,
  challenge: string,
  silently: boolean,
  party: RelyingParty,
): Promise<Made> {
  const { clientDataJSON, attestationObject, transports = [] } = answer.response
  const result = await verifyRegistrationResponse({
    response: { ...answer, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.rpId,
    requireUserPresence: !silently,
    requireUserVerification: !silently,
    supportedAlgorithmIDs: [...passkeyAlgorithms],
  }).catch(() => undefined)
  if (result?.verified !== true || !formats.has(result.registrationInfo.fmt)) throw passkeyRefused()
  const { credential, aaguid, credentialDeviceType, credentialBackedUp } = result.registrationInfo
  const credentialId = Buffer.from(credential.id, 'base64url')
  if (credential.id !== answer.id || credentialId.byteLength > longestCredentialId) throw passkeyRefused()
  return {
    credentialId: new Uint8Array(credentialId),
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports,
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
    aaguid,
  }
}

import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Entropy, StaffId } from '../../kernel/ids.ts'
import type { RelyingParty } from './relying-party.ts'
import type { KnownStaffPasskey, OpenEnrolment } from './staff-directory.ts'

/** EdDSA, ES256, RS256 (COSE). The library's default would also take others. */
const algorithms = [-8, -7, -257]
/** We ask for no attestation; `packed` is what an authenticator sends for itself. Others would bring us their root stores. */
const attestationFormats = new Set(['none', 'packed'])

const challengeFrom = (entropy: Entropy) => new Uint8Array(entropy.bytes(32))

/** Marked, so that a customer's passkey on the same host can never stand for a member of staff. */
const userHandleOf = (staffId: StaffId) => new TextEncoder().encode(`staff:${staffId}`)

export const enrolmentOptions = (party: RelyingParty, open: OpenEnrolment, entropy: Entropy) =>
  generateRegistrationOptions({
    rpID: party.id,
    rpName: party.name,
    userName: open.login,
    userDisplayName: open.displayName,
    userID: userHandleOf(open.staffId),
    challenge: challengeFrom(entropy),
    timeout: 300_000,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: open.credentialIds.map((id) => ({ id: Buffer.from(id).toString('base64url') })),
  })

/** Lists no credential: the list would tell whoever asks who works here. */
export const signInOptions = (party: RelyingParty, entropy: Entropy) =>
  generateAuthenticationOptions({
    rpID: party.id,
    challenge: challengeFrom(entropy),
    timeout: 300_000,
    userVerification: 'required',
  })

/** The credential, or undefined: the library may throw and may also answer `verified: false` (R74). */
export async function verifyEnrolment(
  party: RelyingParty,
  response: RegistrationResponseJSON,
  challenge: string,
) {
  try {
    const answer = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (answer.verified !== true || !attestationFormats.has(answer.registrationInfo.fmt)) return undefined
    const { credential, credentialDeviceType, credentialBackedUp } = answer.registrationInfo
    const credentialId = Buffer.from(credential.id, 'base64url')
    if (credentialId.byteLength === 0 || credentialId.byteLength > 1023) return undefined
    return {
      credentialId,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: response.response.transports ?? [],
      backupEligible: credentialDeviceType === 'multiDevice',
      backedUp: credentialBackedUp,
    }
  } catch {
    return undefined
  }
}

/**
 * Counter and backup state of a genuine assertion, or undefined. The user handle must name the account that owns the
 * credential, and an authenticator cannot change whether its keys may be copied (R75). The counter is judged by the
 * update that stores it, so that two parallel sign-ins cannot both pass with one value.
 */
export async function verifySignIn(
  party: RelyingParty,
  response: AuthenticationResponseJSON,
  challenge: string,
  known: KnownStaffPasskey,
) {
  const handle = response.response.userHandle
  if (handle !== Buffer.from(userHandleOf(known.staffId)).toString('base64url')) return undefined
  try {
    const answer = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: response.id, publicKey: new Uint8Array(known.publicKey), counter: 0 },
    })
    if (answer.verified !== true) return undefined
    const { newCounter, credentialBackedUp, credentialDeviceType } = answer.authenticationInfo
    if ((credentialDeviceType === 'multiDevice') !== known.backupEligible) return undefined
    return { counter: newCounter, backedUp: credentialBackedUp }
  } catch {
    return undefined
  }
}

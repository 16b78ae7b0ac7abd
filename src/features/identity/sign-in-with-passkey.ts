import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Clock } from '../../kernel/clock.ts'
import { refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { type Admitted, admitSubject } from './admit-subject.ts'
import type { ChallengeStore } from './challenge-store.ts'
import type { EntranceStores } from './entrance.ts'
import { identityEvent } from './events.ts'
import {
  type AuthenticationAnswer,
  authenticationShape,
  challengeAnswered,
  passkeyRefused,
  readPasskeyResponse,
} from './passkey-response.ts'
import type { Passkey, PasskeyReads } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'
import { userHandleText } from './user-handle.ts'

export interface SignInWithPasskey {
  /** The ceremony's result as JSON, straight from the browser. */
  readonly response: string
  readonly boundTo: string
  /** For a step-up: whose passkey it has to be. */
  readonly subjectId?: SubjectId
  readonly evidence: Evidence
}

/**
 * WebAuthn L3 7.2 with what the library leaves to us (R75): the challenge is consumed once and first, whatever comes of
 * the rest; the credential is one of the account's, the user handle names the same account, the backup flags are
 * consistent and the counter moved. Throws `passkey-unknown` for a credential nobody has, `passkey-refused` otherwise.
 */
export async function signInWithPasskey(
  deps: {
    readonly work: Work<Pick<EntranceStores, 'subjects' | 'passkeys'>>
    readonly passkeys: PasskeyReads
    readonly challenges: ChallengeStore
    readonly clock: Clock
    readonly entropy: Entropy
    readonly relyingParty: RelyingParty
  },
  command: SignInWithPasskey,
): Promise<Admitted> {
  const at = deps.clock.now()
  const answer = readPasskeyResponse(authenticationShape, command.response)
  const challenge = challengeAnswered(answer.response.clientDataJSON)
  // Asked together, which saves a round trip; whoever's passkey it is, the challenge is spent.
  const [fresh, passkey] = await Promise.all([
    deps.challenges.consume({
      challenge,
      purpose: 'sign-in',
      boundTo: command.boundTo,
      now: at,
    }),
    deps.passkeys.findByCredential(Buffer.from(answer.id, 'base64url')),
  ])
  if (!fresh) throw passkeyRefused()
  if (passkey === undefined) throw refused('passkey-unknown', 'This passkey is not known here.')
  const { subjectId } = passkey
  if (command.subjectId !== undefined && command.subjectId !== subjectId) throw passkeyRefused()
  if (answer.response.userHandle !== userHandleText(subjectId)) throw passkeyRefused()
  const { counter, backedUp } = await verify(answer, passkey, challenge, deps.relyingParty)

  const admitted = await deps.work(async (tx) => {
    if (await tx.passkeys.recordUse(passkey, { counter, backedUp, at })) {
      return admitSubject(tx, { subjectId, assurance: 'passkey', at, evidence: command.evidence })
    }
    // Signed with the right key, yet behind: two authenticators hold it. The refusal is kept, so the unit must commit.
    const facts = { passkeyId: passkey.passkeyId }
    await tx.audit.record({
      action: 'passkey.counter-regressed',
      actor: { kind: 'anonymous' },
      at,
      subjectId,
      evidence: command.evidence,
      facts,
    })
    await tx.outbox.add(identityEvent(deps.entropy, 'passkey.counter-regressed', subjectId, at, facts))
    return undefined
  })
  if (admitted === undefined) throw passkeyRefused()
  return admitted
}

/** The library is told a counter of zero, so that it judges the signature and the store judges the counter, atomically. */
async function verify(
  answer: AuthenticationAnswer,
  passkey: Passkey,
  challenge: string,
  party: RelyingParty,
): Promise<{ counter: number; backedUp: boolean }> {
  const { userHandle, ...response } = answer.response
  const result = await verifyAuthenticationResponse({
    response: { ...answer, response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.rpId,
    requireUserVerification: true,
    credential: {
      id: Buffer.from(passkey.credentialId).toString('base64url'),
      publicKey: new Uint8Array(passkey.publicKey),
      counter: 0,
    },
  }).catch(() => undefined)
  if (result?.verified !== true) throw passkeyRefused()
  const { newCounter, credentialBackedUp, credentialDeviceType } = result.authenticationInfo
  if ((credentialDeviceType === 'multiDevice') !== passkey.backupEligible) throw passkeyRefused()
  return { counter: newCounter, backedUp: credentialBackedUp }
}

import type { Clock } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { parseAuthentication } from './passkey-answer.ts'
import { signInOptions, verifySignIn } from './passkey-ceremony.ts'
import type { RelyingParty } from './relying-party.ts'
import { looksLikeToken, newToken, tokenHash } from './secret-token.ts'
import type { StaffChallenges } from './staff-challenges.ts'
import type { StaffDirectory } from './staff-directory.ts'
import type { StaffStores } from './staff-store.ts'

interface Ceremony {
  readonly directory: StaffDirectory
  readonly challenges: StaffChallenges
  readonly party: RelyingParty
  readonly entropy: Entropy
}

/** One answer to everything that is not a genuine passkey of ours, so that trying teaches nothing. */
const notRecognised = () => invalid('passkey-refused', 'The passkey was not recognised.')

export async function beginStaffSignIn(deps: Ceremony, browser: string) {
  const options = await signInOptions(deps.party, deps.entropy)
  await deps.challenges.issue(options.challenge, 'staff-sign-in', browser)
  return options
}

/**
 * Opens a session for whoever holds the passkey. A passkey is the only way in, for every role. The session before it in
 * the same browser ends, so that a token planted there is worth nothing afterwards (R32).
 */
export async function signInStaff(
  deps: Ceremony & { readonly work: Work<StaffStores>; readonly clock: Clock },
  command: {
    readonly response: string
    readonly browser: string
    readonly previousSession: string | undefined
    readonly evidence: Evidence
  },
): Promise<{ readonly sessionToken: string }> {
  const answer = parseAuthentication(command.response)
  const ours =
    answer !== undefined &&
    (await deps.challenges.consume(answer.challenge, 'staff-sign-in', command.browser))
  if (!ours) throw notRecognised()
  const credentialId = Buffer.from(answer.response.id, 'base64url')
  const known = await deps.directory.passkey(credentialId)
  const genuine =
    known === undefined ? undefined : await verifySignIn(deps.party, answer.response, answer.challenge, known)
  if (known === undefined || genuine === undefined) throw notRecognised()

  const { staffId } = known
  const sessionToken = newToken(deps.entropy)
  const signedIn = await deps.work(async ({ staff, audit }) => {
    const at = deps.clock.now()
    const record = (action: string) =>
      audit.record({
        action,
        actor: { kind: 'staff', staffId, roles: [], assurance: 'passkey' },
        at,
        about: `staff:${staffId}`,
        evidence: command.evidence,
      })
    const account = await staff.lock(staffId)
    if (account?.active !== true) throw notRecognised()
    if (!(await staff.usePasskey(credentialId, genuine.counter, genuine.backedUp, at))) {
      await record('staff.passkey-counter-stood-still')
      return false
    }
    if (command.previousSession !== undefined && looksLikeToken(command.previousSession)) {
      await staff.endSession(tokenHash('staff-session', command.previousSession))
    }
    await staff.addSession({
      hash: tokenHash('staff-session', sessionToken),
      staffId,
      assurance: 'passkey',
      at,
    })
    await record('staff.signed-in')
    return true
  })
  if (!signedIn) throw notRecognised()
  return { sessionToken }
}

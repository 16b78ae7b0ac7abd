import type { Clock } from '../../kernel/clock.ts'
import { conflict, gone, invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { parseRegistration } from './passkey-answer.ts'
import { enrolmentOptions, verifyEnrolment } from './passkey-ceremony.ts'
import type { RelyingParty } from './relying-party.ts'
import { looksLikeToken, tokenHash } from './secret-token.ts'
import type { StaffChallenges } from './staff-challenges.ts'
import type { OpenEnrolment, StaffDirectory } from './staff-directory.ts'
import type { StaffStores } from './staff-store.ts'

interface Ceremony {
  readonly directory: StaffDirectory
  readonly challenges: StaffChallenges
  readonly party: RelyingParty
  readonly entropy: Entropy
}

/** `browser` ties the ceremony to the browser that began it (R74). */
interface Attempt {
  readonly token: string
  readonly browser: string
}

/** Unknown, used and expired links are one answer. */
const linkGone = () => gone('enrolment-gone', 'This enrolment is not valid any more. Ask for a new one.')

/** Looks without consuming: mail scanners and curious eyes may open the link as often as they like (R71). */
export async function findEnrolment(
  { directory }: Pick<Ceremony, 'directory'>,
  token: string,
): Promise<OpenEnrolment> {
  const open = looksLikeToken(token)
    ? await directory.enrolment(tokenHash('staff-enrolment', token))
    : undefined
  if (open === undefined) throw linkGone()
  return open
}

const bound = (open: OpenEnrolment, browser: string) => `${open.staffId} ${browser}`

export async function beginEnrolment(deps: Ceremony, attempt: Attempt) {
  const open = await findEnrolment(deps, attempt.token)
  const options = await enrolmentOptions(deps.party, open, deps.entropy)
  await deps.challenges.issue(options.challenge, 'staff-enrol', bound(open, attempt.browser))
  return options
}

/**
 * The person's passkey. The link is consumed only together with the passkey it was for, in one transaction: a ceremony
 * that failed can be repeated, and of two that succeed at once one wins.
 */
export async function enrolStaffPasskey(
  deps: Ceremony & { readonly work: Work<StaffStores>; readonly clock: Clock },
  command: Attempt & { readonly response: string; readonly name: string; readonly evidence: Evidence },
): Promise<void> {
  const open = await findEnrolment(deps, command.token)
  const answer = parseRegistration(command.response)
  const ours =
    answer !== undefined &&
    (await deps.challenges.consume(answer.challenge, 'staff-enrol', bound(open, command.browser)))
  const made = ours ? await verifyEnrolment(deps.party, answer.response, answer.challenge) : undefined
  if (made === undefined) throw invalid('passkey-refused', 'The passkey could not be verified.')
  await deps.work(async ({ staff, audit }) => {
    const at = deps.clock.now()
    const staffId = await staff.consumeEnrolment(tokenHash('staff-enrolment', command.token))
    if (staffId === undefined) throw linkGone()
    if (!(await staff.addPasskey({ ...made, staffId, name: command.name, createdAt: at }))) {
      throw conflict('passkey-known', 'This passkey is already in use.')
    }
    await audit.record({
      action: 'staff.passkey-enrolled',
      actor: { kind: 'anonymous' },
      at,
      about: `staff:${staffId}`,
      evidence: command.evidence,
      facts: { backupEligible: made.backupEligible },
    })
  })
}

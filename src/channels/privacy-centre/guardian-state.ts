import type { GuardianState } from '../../../views/privacy-centre/permissions.tsx'
import { type Facts, whoseWord } from '../../features/consent/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { PrivacyCentreDeps } from './privacy-deps.ts'

export const askGuardianPath = '/privacy/guardian'

/** How a guardian's word stands with this person; undefined for whoever always decided alone. */
export async function guardianState(
  deps: Pick<PrivacyCentreDeps, 'house' | 'ledger' | 'guardians' | 'clock'>,
  subjectId: SubjectId,
  facts: Facts,
): Promise<GuardianState | undefined> {
  const now = deps.clock.now()
  const word = whoseWord(deps.house, facts, deps.ledger.registry.current(), now.getTime())
  const { alone, consentAge: age, waiting, outgrown } = word
  if (alone && outgrown.length > 0) {
    const kept = outgrown.some(({ by }) => by?.by === 'guardian')
    return { state: 'of-age', age, kept, unheard: outgrown.some(({ by }) => by?.by === 'subject') }
  }
  if (alone) return undefined
  if (waiting.length === 0) return { state: 'too-young', age }
  const invitation = await deps.guardians.guardians.latestInvitation(subjectId)
  if (invitation === undefined || invitation.answeredAt !== undefined) {
    return { state: 'to-ask', askHref: askGuardianPath }
  }
  return invitation.expiresAt > now
    ? { state: 'asked', until: invitation.expiresAt, askHref: askGuardianPath }
    : { state: 'not-answered', askHref: askGuardianPath }
}

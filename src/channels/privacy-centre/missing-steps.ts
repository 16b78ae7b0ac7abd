import type { PermissionsModel } from '../../../views/privacy-centre/permissions.tsx'
import { awaitingConfirmation, purposeTitle, requestConfirmations } from '../../features/consent/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { guardianState } from './guardian-state.ts'
import type { PrivacyCentreDeps } from './privacy-deps.ts'

/** After the answer has left: the person does not wait for a mail server, and nobody can time what was sent. */
export const askToConfirm = (deps: PrivacyCentreDeps, subjectId: SubjectId): void =>
  deps.later(async () => void (await requestConfirmations(deps.confirmations, subjectId)))

type Steps = Pick<PermissionsModel, 'confirmations' | 'guardian'>

/** What the person's yeses still need before they count. */
export async function stepsMissing(
  deps: PrivacyCentreDeps,
  subjectId: SubjectId,
  language: string,
): Promise<Steps> {
  const [known, sent] = await Promise.all([
    deps.ledger.facts.find(subjectId),
    deps.confirmations.confirmations.of(subjectId),
  ])
  if (known === undefined) return {}
  const registry = deps.ledger.registry.current()
  const awaited = new Map(
    awaitingConfirmation(known.facts, registry, deps.clock.now().getTime()).map(({ event }) => [
      event.id,
      event,
    ]),
  )
  const open = sent.filter(({ eventId, outcome }) => outcome === undefined && awaited.has(eventId))
  const byMessage = [...Map.groupBy(open, ({ confirmationId }) => confirmationId)]
  const guardian = await guardianState(deps, subjectId, known.facts)
  return {
    confirmations: byMessage.flatMap(([id, rows]) => {
      const [first] = rows
      if (first === undefined) return []
      return [
        {
          id,
          contactChannel: first.contactChannel,
          purposes: rows.map(({ eventId }) =>
            purposeTitle(registry, awaited.get(eventId)?.purpose ?? '', language),
          ),
          until: first.expiresAt,
          resendAction: `/privacy/permissions/confirmations/${id}/resend`,
        },
      ]
    }),
    ...(guardian === undefined ? {} : { guardian }),
  }
}

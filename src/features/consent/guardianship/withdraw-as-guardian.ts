import { gone } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import { appendAct, type LedgerParts, type Recorded } from '../append-act.ts'
import type { Instant } from '../calendar.ts'
import type { DraftEvent } from '../choices.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { overviewOf } from '../consent-overview.ts'
import type { Facts } from '../facts.ts'
import type { PublishedRegistry } from '../published.ts'
import type { StandingChoice } from '../standing-choice.ts'
import type { GuardianReads } from './guardian-store.ts'
import type { GuardianYesLink } from './guardian-yes-link.ts'
import { isKnownMinor } from './waiting-for-guardian.ts'

export interface GuardianYes {
  readonly choice: StandingChoice
  /** The guardian's own act. */
  readonly given: ConsentEvent
}

/**
 * What a guardian agreed to for a child and has not taken back, whatever the child said beside it. Pure. Of age, the child
 * decides alone about what was agreed to for them (EDPB 05/2020, 148): then there is nothing for a guardian to take back.
 */
function yesesOfGuardian(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: Instant,
): readonly GuardianYes[] {
  if (!isKnownMinor(facts, registry, now)) return []
  return overviewOf(house, facts, registry, now).choices.flatMap((choice) => {
    const { purpose, contactChannel, controller, brand } = choice.key
    const given = facts.events.findLast(
      (event) =>
        event.by === 'guardian' &&
        event.purpose === purpose &&
        event.contactChannel === contactChannel &&
        event.controller === controller &&
        event.brand === brand,
    )
    return given?.type === 'given' ? [{ choice, given }] : []
  })
}

export interface WithdrawAsGuardianParts extends LedgerParts {
  readonly guardians: GuardianReads
}

/** Throws `link-expired` when whoever holds the link is no guardian of this child any more. */
async function checkGuardian({ guardians }: WithdrawAsGuardianParts, link: GuardianYesLink): Promise<void> {
  if ((await guardians.guardianOf(link.subjectId, link.guardianId)) === undefined) {
    throw gone('link-expired', 'This link is no longer valid.')
  }
}

/** What the guardian of this link may take back now. */
export async function guardianYeses(
  parts: WithdrawAsGuardianParts,
  house: { readonly controller: string; readonly brand: string },
  link: GuardianYesLink,
): Promise<readonly GuardianYes[]> {
  await checkGuardian(parts, link)
  const known = await parts.facts.find(link.subjectId)
  if (known === undefined || known.facts.subject.state !== 'active') return []
  return yesesOfGuardian(house, known.facts, parts.registry.current(), parts.clock.now().getTime())
}

/**
 * A guardian takes a yes back: one click on the page their receipt led to, without the code and the declaration that giving it
 * asked for (GDPR Art. 7(3)). `only` names one purpose and contact channel; left out, all of it. Asked twice it is one fact.
 */
export async function withdrawAsGuardian(
  parts: WithdrawAsGuardianParts,
  command: {
    readonly link: GuardianYesLink
    readonly controller: string
    readonly brand: string
    readonly only?: string | undefined
    readonly evidence: Evidence
  },
): Promise<Recorded | { readonly outcome: 'unchanged' }> {
  const { link, only, evidence, controller, brand } = command
  const { subjectId, guardianId } = link
  await checkGuardian(parts, link)
  return appendAct<{ readonly outcome: 'unchanged' }>(
    parts,
    {
      subjectId,
      actor: { kind: 'guardian', guardianId, assurance: 'none' },
      evidence,
      idempotencyKey: parts.entropy.id<'link-use'>(),
      content: { guardianWithdraws: only ?? '*' },
    },
    (known, registry, now) => {
      const yeses = yesesOfGuardian({ controller, brand }, known.facts, registry, now).filter(
        ({ choice }) => only === undefined || nameOfYes(choice) === only,
      )
      return yeses.length === 0
        ? { instead: { outcome: 'unchanged' } }
        : { events: yeses.map(({ choice, given }) => takenBack(choice, given)) }
    },
  )
}

export const nameOfYes = ({ key }: StandingChoice): string => `${key.purpose}.${key.contactChannel}`

const takenBack = ({ key }: StandingChoice, given: ConsentEvent): DraftEvent => ({
  ...key,
  type: 'withdrawn',
  by: 'guardian',
  guardianVerified: true,
  purposeVersion: given.purposeVersion,
  consentType: given.consentType,
  notice: given.notice,
  attributes: given.attributes,
})

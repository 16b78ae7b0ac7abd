import type { SubjectId } from '../../../kernel/ids.ts'
import type { LedgerParts } from '../append-act.ts'
import type { StoredListCheck } from '../circumstances/circumstance-store.ts'
import { type CircumstanceParts, keepCircumstance } from '../circumstances/keep-circumstance.ts'
import type { Facts, SuppressionFacts } from '../facts.ts'
import type { Answered } from './ask-list.ts'
import { withdrawThroughList } from './withdraw-through-list.ts'

export interface AnswerParts {
  readonly circumstances: CircumstanceParts
  readonly ledger: LedgerParts
  readonly controller: string
}

/**
 * Turns a revocation for this company into a withdrawal, and keeps what was answered with the time of asking. In that order:
 * while the withdrawal is not written the answer stays due, and is asked for again. Answers with how many are new.
 */
export async function keepAnswers(
  parts: AnswerParts,
  subjectId: SubjectId,
  own: readonly Answered[],
): Promise<number> {
  const revoked = await withdrawRevoked(parts, subjectId, own)
  await keepChecks(parts, subjectId, own)
  return revoked
}

async function withdrawRevoked(
  { ledger, controller }: AnswerParts,
  subjectId: SubjectId,
  own: readonly Answered[],
): Promise<number> {
  let fresh = 0
  for (const { list, contactChannel, contactPoint, answer } of own) {
    const at = answer.companyRevocation
    if (at === undefined) continue
    const command = { subjectId, controller, list, contactChannel, contactPoint, at }
    const { repeated } = await withdrawThroughList(ledger, command)
    if (!repeated) fresh += 1
  }
  return fresh
}

async function keepChecks(parts: AnswerParts, subjectId: SubjectId, own: readonly Answered[]): Promise<void> {
  const command = { subjectId, actor: { kind: 'system', name: 'exclusion-lists' } as const }
  const lists = [...new Set(own.map(({ list }) => list))]
  await keepCircumstance(
    parts.circumstances,
    { ...command, action: 'consent.exclusion-lists-checked', facts: { lists } },
    ({ facts }, at) => {
      const checks = own.map((one) => storedCheck(one, at))
      return { facts: withChecks(facts, checks), write: (store) => store.keepChecks(subjectId, checks) }
    },
  )
}

const storedCheck = (
  { list, contactChannel, contactPoint, answer }: Answered,
  checkedAt: Date,
): StoredListCheck => ({
  list,
  contactChannel,
  contactPoint,
  checkedAt,
  listed: answer.listed,
  effectiveFrom: answer.effectiveFrom,
  revokedAt: answer.companyRevocation,
})

/** The facts as they will be read once the checks are kept. */
function withChecks(facts: Facts, fresh: readonly StoredListCheck[]): Facts {
  const replaced = (one: { list: string; contactChannel: string; contactPoint?: string | undefined }) =>
    fresh.some(
      (check) =>
        check.list === one.list &&
        check.contactChannel === one.contactChannel &&
        check.contactPoint === one.contactPoint,
    )
  const { suppression } = facts
  const next: SuppressionFacts = {
    ...suppression,
    listings: [
      ...suppression.listings.filter((one) => !replaced(one)),
      ...fresh
        .filter(({ listed }) => listed)
        .map(({ list, contactChannel, contactPoint, effectiveFrom }) => ({
          list,
          contactChannel,
          contactPoint,
          effectiveFrom: effectiveFrom?.getTime(),
        })),
    ],
    checks: [
      ...(suppression.checks ?? []).filter((one) => !replaced(one)),
      ...fresh.map(({ list, contactChannel, contactPoint, checkedAt }) => ({
        list,
        contactChannel,
        contactPoint,
        at: checkedAt.getTime(),
      })),
    ],
  }
  return { ...facts, suppression: next }
}

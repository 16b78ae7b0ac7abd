import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import { type IdentityReads, readIdentifiers } from '../../identity/index.ts'
import type { LedgerParts } from '../append-act.ts'
import type { StoredListCheck } from '../circumstances/circumstance-store.ts'
import { type CircumstanceParts, keepCircumstance } from '../circumstances/keep-circumstance.ts'
import type { Facts, SuppressionFacts } from '../facts.ts'
import { type Answered, askList, type Question } from './ask-list.ts'
import type { DueChecks } from './due-checks.ts'
import type { ExclusionList } from './exclusion-list.ts'
import { withdrawThroughList } from './withdraw-through-list.ts'

export interface ExclusionParts {
  readonly circumstances: CircumstanceParts
  readonly ledger: LedgerParts
  readonly lists: readonly ExclusionList[]
  readonly due: DueChecks
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
  readonly controller: string
}

/** Asked again well before the thirty days are over, so that a provider may be down for a few of them. */
const serves = 25 * 86_400_000

/**
 * The job that keeps answers of exclusion lists fresh: asks about the people for whom it matters, turns a revocation for this
 * company into a withdrawal, and keeps what was answered with the time of asking. In that order: while the withdrawal is not
 * written the answer stays due, and is asked for again. Safe in several processes. Whom or what it fails with does not keep
 * the others waiting; stale answers stop the use by themselves.
 */
export async function refreshExclusionChecks(
  parts: ExclusionParts,
  most = 200,
): Promise<{ readonly people: number; readonly asked: number; readonly revoked: number }> {
  const { circumstances } = parts
  const now = circumstances.clock.now()
  const lists = parts.lists.filter(({ from }) => from === undefined || from <= now)
  if (lists.length === 0) return { people: 0, asked: 0, revoked: 0 }
  const names = lists.map(({ name }) => name)
  const registry = circumstances.registry.current()
  const jurisdictions = [...registry.packs]
    .filter(([, packs]) => packs.some((pack) => pack.exclusionLists.some((name) => names.includes(name))))
    .map(([jurisdiction]) => jurisdiction)
  const contactChannels = [...new Set(lists.flatMap((list) => list.contactChannels))]
  const checkedBefore = new Date(now.getTime() - serves)
  const people = await parts.due.find({ jurisdictions, lists: names, contactChannels, checkedBefore }, most)
  const failures: unknown[] = []
  const isolated = <Result>(act: () => Promise<Result>): Promise<Result | undefined> =>
    act().catch((error: unknown) => void failures.push(error))
  const known = await Promise.all(
    people.map((subjectId) => isolated(() => questionsAbout(parts, subjectId, checkedBefore))),
  )
  const questions = known.flatMap((some) => some ?? [])
  const answers: Answered[] = []
  for (const list of lists) {
    const asked = await askList(
      list,
      questions.filter(({ answeredBy }) => !answeredBy.includes(list.name)),
    )
    answers.push(...asked.answered)
    failures.push(...asked.failures)
  }
  let revoked = 0
  for (const [subjectId, own] of Map.groupBy(answers, (one) => one.subjectId)) {
    await isolated(async () => {
      revoked += await withdrawRevoked(parts, subjectId, own)
      await keep(parts, subjectId, own)
    })
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some exclusion lists could not be consulted.')
  return { people: people.length, asked: answers.length, revoked }
}

/** Answers with how many revocations are new. */
async function withdrawRevoked(
  { ledger, controller }: ExclusionParts,
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

interface DueQuestion extends Question {
  /** Lists whose answer is still fresh: nothing is sent there again. */
  readonly answeredBy: readonly string[]
}

/** Every contact point in use, once for each contact channel it is reached by. */
async function questionsAbout(
  parts: ExclusionParts,
  subjectId: SubjectId,
  checkedBefore: Date,
): Promise<readonly DueQuestion[]> {
  const known = await parts.circumstances.facts.find(subjectId)
  if (known === undefined) return []
  const identifiers = await readIdentifiers(parts, subjectId)
  const fresh = (known.facts.suppression.checks ?? []).filter(({ at }) => at > checkedBefore.getTime())
  const channels = Object.keys(known.facts.contactPoints ?? {}) as ContactChannel[]
  return channels.flatMap((contactChannel) =>
    identifiers
      .filter(({ kind }) => kind === (contactChannel === 'email' ? 'email' : 'phone'))
      .map(({ identifierId, value }) => ({
        subjectId,
        contactChannel,
        contactPoint: identifierId,
        value,
        answeredBy: fresh
          .filter((one) => one.contactChannel === contactChannel && one.contactPoint === identifierId)
          .map(({ list }) => list),
      })),
  )
}

async function keep(parts: ExclusionParts, subjectId: SubjectId, own: readonly Answered[]): Promise<void> {
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
  sectors: answer.sectors,
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

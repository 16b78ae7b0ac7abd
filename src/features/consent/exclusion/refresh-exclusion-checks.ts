import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import { type IdentityReads, readIdentifiers } from '../../identity/index.ts'
import type { LedgerParts } from '../append-act.ts'
import type { StoredListCheck } from '../circumstances/circumstance-store.ts'
import { type CircumstanceParts, keepCircumstance } from '../circumstances/keep-circumstance.ts'
import type { Facts, SuppressionFacts } from '../facts.ts'
import type { DueChecks } from './due-checks.ts'
import type { ExclusionAnswer, ExclusionList } from './exclusion-list.ts'
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

interface Question {
  readonly subjectId: SubjectId
  readonly contactChannel: ContactChannel
  readonly contactPoint: string
  readonly value: string
}

interface Answered extends Question {
  readonly list: string
  readonly answer: ExclusionAnswer
}

/**
 * The job that keeps answers of exclusion lists fresh: asks about the people for whom it matters, keeps what was answered
 * for their contact points with the time of asking, and turns a revocation for this company into a withdrawal. Safe in
 * several processes; a list that cannot be asked ends the run, and stale answers then stop the use by themselves.
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
  const checkedBefore = new Date(now.getTime() - serves)
  const people = await parts.due.find({ jurisdictions, lists: names, checkedBefore }, most)
  const questions = (await Promise.all(people.map((subjectId) => questionsAbout(parts, subjectId)))).flat()
  const answers: Answered[] = []
  for (const list of lists) answers.push(...(await ask(list, questions)))
  let revoked = 0
  for (const [subjectId, own] of Map.groupBy(answers, (one) => one.subjectId)) {
    await keep(parts, subjectId, own)
    for (const { list, contactChannel, contactPoint, answer } of own) {
      if (answer.companyRevocation === undefined) continue
      const { controller } = parts
      const command = { subjectId, controller, list, contactChannel, contactPoint }
      const outcome = await withdrawThroughList(parts.ledger, { ...command, at: answer.companyRevocation })
      if (outcome.outcome === 'recorded') revoked += 1
    }
  }
  return { people: people.length, asked: answers.length, revoked }
}

/** Every contact point in use, once for each contact channel it is reached by. */
async function questionsAbout(parts: ExclusionParts, subjectId: SubjectId): Promise<readonly Question[]> {
  const known = await parts.circumstances.facts.find(subjectId)
  if (known === undefined) return []
  const identifiers = await readIdentifiers(parts, subjectId)
  const channels = Object.keys(known.facts.contactPoints ?? {}) as ContactChannel[]
  return channels.flatMap((contactChannel) =>
    identifiers
      .filter(({ kind }) => kind === (contactChannel === 'email' ? 'email' : 'phone'))
      .map(({ identifierId, value }) => ({ subjectId, contactChannel, contactPoint: identifierId, value })),
  )
}

async function ask(list: ExclusionList, questions: readonly Question[]): Promise<readonly Answered[]> {
  const answered: Answered[] = []
  const byChannel = Map.groupBy(questions, ({ contactChannel }) => contactChannel)
  for (const [contactChannel, all] of byChannel) {
    if (!list.contactChannels.includes(contactChannel)) continue
    for (let from = 0; from < all.length; from += list.most) {
      const some = all.slice(from, from + list.most)
      const answers = await list.check(
        some.map(({ value }) => value),
        contactChannel,
      )
      some.forEach((question, index) => {
        const answer = answers[index]
        if (answer !== undefined) answered.push({ ...question, list: list.name, answer })
      })
    }
  }
  return answered
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

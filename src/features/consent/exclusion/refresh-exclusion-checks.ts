import { nilUuid, type SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import type { IdentityReads } from '../../identity/index.ts'
import { type Answered, askList } from './ask-list.ts'
import type { Attempt, DueChecks, DueQuestion } from './due-checks.ts'
import { questionsAbout } from './due-questions.ts'
import type { ExclusionList } from './exclusion-list.ts'
import { type AnswerParts, keepAnswers } from './keep-answers.ts'

export interface ExclusionParts extends AnswerParts {
  readonly lists: readonly ExclusionList[]
  readonly due: DueChecks
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
}

export interface RunLimits {
  /** People whose answers are asked for and kept together. */
  readonly page?: number
  /** People looked up at once: finding them costs far more than their ids do. */
  readonly ahead?: number
  /** No further page is begun after this long. */
  readonly budgetMs?: number
  readonly signal?: AbortSignal
}

const hour = 3_600_000
const day = 24 * hour

/** Asked again well before the thirty days are over, so that a provider may be down for a few of them. */
const serves = 25 * day

/** How long an attempt without an answer rests: what a list refuses, or nobody uses, does not change by the hour. */
const rests = { refused: day, unused: day, silent: hour, failed: hour } as const

/** Kept of a run's failures, to be told together: of a million the first hundred say enough. */
const toldFailures = 100

interface Run {
  readonly parts: ExclusionParts
  readonly question: DueQuestion
  /** Lists that can still be asked in this run. */
  lists: readonly ExclusionList[]
  readonly failures: unknown[]
  people: number
  asked: number
  revoked: number
}

const asksOf = (lists: readonly ExclusionList[]): DueQuestion['asks'] =>
  lists.flatMap(({ name, contactChannels }) =>
    contactChannels.map((contactChannel) => ({ list: name, contactChannel })),
  )

const fail = (run: Run, error: unknown): undefined => {
  if (run.failures.length < toldFailures) run.failures.push(error)
}

/**
 * The job that keeps answers of exclusion lists fresh: asks about the people for whom it matters, page by page until nobody
 * is due or its time is over, so that a million people are gone through well within the days an answer serves. Safe in
 * several processes, and to be cut short after any page. Whom or what it fails with is noted and keeps nobody else waiting;
 * stale answers stop the use by themselves.
 */
export async function refreshExclusionChecks(
  parts: ExclusionParts,
  { page = 100, ahead = 20_000, budgetMs = 5 * 60_000, signal }: RunLimits = {},
): Promise<{ readonly people: number; readonly asked: number; readonly revoked: number }> {
  const { clock } = parts.circumstances
  const now = clock.now()
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  const lists = parts.lists.filter(({ from }) => from === undefined || from <= now)
  const run: Run = {
    parts,
    lists,
    question: {
      jurisdictions: jurisdictionsOf(parts, lists),
      asks: asksOf(lists),
      checkedBefore: before(serves),
      triedBefore: {
        refused: before(rests.refused),
        unused: before(rests.unused),
        silent: before(rests.silent),
        failed: before(rests.failed),
      },
    },
    failures: [],
    people: 0,
    asked: 0,
    revoked: 0,
  }
  const timeIsOver = (): boolean =>
    signal?.aborted === true || clock.now().getTime() - now.getTime() >= budgetMs
  let found: readonly SubjectId[] = []
  do {
    const asks = asksOf(run.lists)
    found = asks.length === 0 ? [] : await parts.due.find({ ...run.question, asks }, ahead)
    for (let from = 0; from < found.length; from += page) {
      const stillUp = run.lists
      await consult(run, found.slice(from, from + page))
      if (timeIsOver() || run.lists !== stillUp) break
    }
    // A list that went down in between leaves others due than those that were looked up.
  } while (!timeIsOver() && (found.length === ahead || run.lists !== lists) && found.length > 0)
  const { failures, people, asked, revoked } = run
  if (failures.length > 0) throw new AggregateError(failures, 'Some exclusion lists could not be consulted.')
  return { people, asked, revoked }
}

function jurisdictionsOf(
  { circumstances }: ExclusionParts,
  lists: readonly ExclusionList[],
): readonly string[] {
  return [...circumstances.registry.current().packs]
    .filter(([, packs]) =>
      packs.some((pack) => pack.exclusionLists.some((list) => lists.some(({ name }) => name === list))),
    )
    .map(([jurisdiction]) => jurisdiction)
}

const notAskedAbout = (subjectId: SubjectId, outcome: 'unused' | 'failed'): Attempt => ({
  subjectId,
  list: '*',
  contactChannel: '*',
  contactPoint: nilUuid,
  outcome,
})

async function consult(run: Run, people: readonly SubjectId[]): Promise<void> {
  const { parts, question } = run
  const attempts: Attempt[] = []
  const failed = (subjectId: SubjectId, error: unknown): undefined => {
    attempts.push(notAskedAbout(subjectId, 'failed'))
    return fail(run, error)
  }
  const { facts } = parts.circumstances
  const known = await Promise.all(
    people.map((subjectId) =>
      questionsAbout({ ...parts, facts }, subjectId, question.checkedBefore).catch((error: unknown) =>
        failed(subjectId, error),
      ),
    ),
  )
  const lists = run.lists
  people.forEach((subjectId, index) => {
    const open = known[index]?.some(({ answeredBy, contactChannel }) =>
      lists.some((list) => list.contactChannels.includes(contactChannel) && !answeredBy.includes(list.name)),
    )
    if (open === false) attempts.push(notAskedAbout(subjectId, 'unused'))
  })
  const questions = known.flatMap((some) => some ?? [])
  const answers: Answered[] = []
  for (const list of lists) {
    const told = await askList(
      list,
      questions.filter(({ answeredBy }) => !answeredBy.includes(list.name)),
    )
    answers.push(...told.answered)
    attempts.push(...told.unanswered)
    for (const error of told.failures) fail(run, error)
    if (told.down) run.lists = run.lists.filter((one) => one !== list)
  }
  for (const [subjectId, own] of Map.groupBy(answers, (one) => one.subjectId)) {
    try {
      run.revoked += await keepAnswers(parts, subjectId, own)
      run.asked += own.length
    } catch (error) {
      failed(subjectId, error)
    }
  }
  run.people += people.length
  await parts.due.noteAttempts(attempts, parts.circumstances.clock.now())
}

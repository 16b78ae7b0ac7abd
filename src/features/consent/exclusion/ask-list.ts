import { PlacetError, unavailable } from '../../../kernel/errors.ts'
import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Attempt } from './due-checks.ts'
import type { ExclusionAnswer, ExclusionList } from './exclusion-list.ts'

export interface Question {
  readonly subjectId: SubjectId
  readonly contactChannel: ContactChannel
  readonly contactPoint: string
  readonly value: string
}

export interface Answered extends Question {
  readonly list: string
  readonly answer: ExclusionAnswer
}

export interface Consultation {
  readonly answered: readonly Answered[]
  /** What was asked and brought no answer. */
  readonly unanswered: readonly Attempt[]
  readonly failures: readonly unknown[]
  /** True when the list cannot be asked any more for now. */
  readonly down: boolean
}

const isRefused = (error: unknown): boolean =>
  error instanceof PlacetError && error.code === 'exclusion-list-refused'

/**
 * Asks a list and answers with what it said. A question it refuses is cut in halves until the contact points it does not take
 * stand alone: one bad number must not leave the others unasked. A list that cannot be asked is left in peace until the next
 * run, and what it was asked last counts as tried: should it fail for what was in the question, others are asked about first.
 */
export async function askList(list: ExclusionList, questions: readonly Question[]): Promise<Consultation> {
  const answered: Answered[] = []
  const unanswered: Attempt[] = []
  const failures: unknown[] = []
  const without = (some: readonly Question[], outcome: Attempt['outcome']) =>
    unanswered.push(
      ...some.map(({ subjectId, contactChannel, contactPoint }) => ({
        subjectId,
        contactChannel,
        contactPoint,
        list: list.name,
        outcome,
      })),
    )
  const ask = async (some: readonly Question[], contactChannel: ContactChannel): Promise<void> => {
    let answers: Awaited<ReturnType<ExclusionList['check']>>
    try {
      answers = await list.check(
        some.map(({ value }) => value),
        contactChannel,
      )
    } catch (error) {
      if (!isRefused(error)) {
        without(some, 'silent')
        throw error
      }
      if (some.length === 1) {
        without(some, 'refused')
        failures.push(error)
        return
      }
      const half = Math.ceil(some.length / 2)
      await ask(some.slice(0, half), contactChannel)
      await ask(some.slice(half), contactChannel)
      return
    }
    const silent = some.filter((question, index) => {
      const answer = answers[index]
      if (answer !== undefined) answered.push({ ...question, list: list.name, answer })
      return answer === undefined
    })
    if (silent.length === 0) return
    without(silent, 'silent')
    const why = `${list.name} said nothing that is understood about ${silent.length} contact points.`
    failures.push(unavailable('exclusion-list-unanswered', why, 3600))
  }
  try {
    for (const [contactChannel, all] of Map.groupBy(questions, (one) => one.contactChannel)) {
      if (!list.contactChannels.includes(contactChannel)) continue
      for (let from = 0; from < all.length; from += list.most) {
        await ask(all.slice(from, from + list.most), contactChannel)
      }
    }
    return { answered, unanswered, failures, down: false }
  } catch (error) {
    return { answered, unanswered, failures: [...failures, error], down: true }
  }
}

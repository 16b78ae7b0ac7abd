import { PlacetError, unavailable } from '../../../kernel/errors.ts'
import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
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

const isRefused = (error: unknown): boolean =>
  error instanceof PlacetError && error.code === 'exclusion-list-refused'

/**
 * Asks a list and answers with what it said. A question it refuses is cut in halves until the contact points it does not take
 * stand alone: one bad number must not leave the others unasked. A list that cannot be asked is left in peace until the next
 * run. Whatever stayed without an answer is told of in the failures.
 */
export async function askList(
  list: ExclusionList,
  questions: readonly Question[],
): Promise<{ readonly answered: readonly Answered[]; readonly failures: readonly unknown[] }> {
  const answered: Answered[] = []
  const failures: unknown[] = []
  const silent: Question[] = []
  const ask = async (some: readonly Question[], contactChannel: ContactChannel): Promise<void> => {
    let answers: Awaited<ReturnType<ExclusionList['check']>>
    try {
      answers = await list.check(
        some.map(({ value }) => value),
        contactChannel,
      )
    } catch (error) {
      if (!isRefused(error)) throw error
      if (some.length === 1) {
        failures.push(error)
        return
      }
      const half = Math.ceil(some.length / 2)
      await ask(some.slice(0, half), contactChannel)
      await ask(some.slice(half), contactChannel)
      return
    }
    some.forEach((question, index) => {
      const answer = answers[index]
      if (answer === undefined) silent.push(question)
      else answered.push({ ...question, list: list.name, answer })
    })
  }
  try {
    for (const [contactChannel, all] of Map.groupBy(questions, (one) => one.contactChannel)) {
      if (!list.contactChannels.includes(contactChannel)) continue
      for (let from = 0; from < all.length; from += list.most) {
        await ask(all.slice(from, from + list.most), contactChannel)
      }
    }
  } catch (error) {
    failures.push(error)
  }
  if (silent.length > 0) {
    const why = `${list.name} said nothing that is understood about ${silent.length} contact points.`
    failures.push(unavailable('exclusion-list-unanswered', why, 3600))
  }
  return { answered, failures }
}

import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import { type IdentityReads, readIdentifiers } from '../../identity/index.ts'
import type { FactsReader } from '../facts-reader.ts'
import type { Question } from './ask-list.ts'

export interface QuestionParts {
  readonly facts: FactsReader
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
}

export interface QuestionWithAnswers extends Question {
  /** Lists whose answer is still fresh: nothing is sent there again. */
  readonly answeredBy: readonly string[]
}

/** Every contact point in use, once for each contact channel it is reached by. */
export async function questionsAbout(
  parts: QuestionParts,
  subjectId: SubjectId,
  checkedBefore: Date,
): Promise<readonly QuestionWithAnswers[]> {
  const known = await parts.facts.find(subjectId)
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

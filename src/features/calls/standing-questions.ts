import {
  type Facts,
  type KnownSubject,
  keyFor,
  noticeFor,
  type PublishedNotice,
  type PublishedRegistry,
  purposeMatches,
  restsOnConsent,
  type StandingChoice,
  standingAnswer,
  standingChoice,
  touches,
} from '../consent/index.ts'
import type { CallLanguage } from './call.ts'
import type { CallAct } from './call-act.ts'
import type { CallParts } from './call-ports.ts'
import type { CallQuestion } from './call-views.ts'

export const questionOf = ({ purpose, contactChannel }: CallQuestion): CallQuestion => ({
  purpose,
  contactChannel,
})
export const nameOf = ({ purpose, contactChannel }: CallQuestion): string => `${purpose}.${contactChannel}`

/** How every question that rests on consent stands with a person now. */
export function standingChoices(
  parts: Pick<CallParts, 'registry' | 'clock' | 'house'>,
  { facts }: Pick<KnownSubject, 'facts'>,
): readonly StandingChoice[] {
  const registry = parts.registry.current()
  const now = parts.clock.now().getTime()
  return registry.order.flatMap((purpose) => {
    const version = registry.active.get(purpose)
    if (version === undefined) return []
    return version.contactChannels
      .map((contactChannel) =>
        standingChoice(keyFor(parts.house, purpose, contactChannel, facts), version, facts, registry, now),
      )
      .filter(restsOnConsent)
  })
}

/** The words a desk reads aloud: those published to be read (`voice`), or the same that a screen shows. */
export const wordsToRead = (
  registry: PublishedRegistry,
  purpose: string,
  language: CallLanguage,
): PublishedNotice | undefined =>
  noticeFor(registry, purpose, language, 'voice') ?? noticeFor(registry, purpose, language)

const against: ReadonlySet<Facts['events'][number]['type']> = new Set([
  'refused',
  'withdrawn',
  'revoked',
  'invalidated',
  'objected',
])

/**
 * True while the no that an agent told is the last word on a question: the fact that stands is of that very act, and nothing
 * that speaks against the use came after it or was told later, no objection (GDPR Art. 21), no restriction in force (Art. 18),
 * no withdrawal. Only then can saying "that was not me" bring back what was.
 */
export function isLastWord(
  { key, by }: StandingChoice,
  { events, subject }: Facts,
  { toldEvents }: Pick<CallAct, 'toldEvents'>,
  now: number,
): boolean {
  if (by === undefined || !toldEvents.includes(by.id)) return false
  const since = by.occurredAt
  const restricted = subject.restrictions.some(
    ({ since: from, liftedAt, scope }) =>
      from >= since &&
      (liftedAt === undefined || liftedAt > now) &&
      scope.some((entry) => entry.startsWith('attr:') || purposeMatches(entry, key.purpose)),
  )
  return (
    !restricted &&
    !events.some(
      (event) =>
        against.has(event.type) &&
        !toldEvents.includes(event.id) &&
        touches(event, key) &&
        (event.occurredAt >= since || (event.recordedAt ?? event.occurredAt) >= since),
    )
  )
}

export interface ActAnswerNow extends CallQuestion {
  /** What the agent wrote down. */
  readonly told: 'yes' | 'no'
  readonly now: 'yes' | 'no' | 'none'
  /** A yes that comes back when it was not the person who took it back. */
  readonly canComeBack: boolean
}

/** How each question of an act stands now, whoever answered it last. */
export async function howActStands(
  parts: Pick<CallParts, 'registry' | 'clock' | 'house' | 'facts'>,
  act: CallAct,
): Promise<readonly ActAnswerNow[]> {
  const known = await parts.facts.find(act.subjectId)
  if (known === undefined) return []
  const now = parts.clock.now().getTime()
  const standing = new Map(standingChoices(parts, known).map((one) => [nameOf(one.key), one]))
  return act.answers.map((told) => {
    const choice = standing.get(nameOf(told))
    return {
      ...questionOf(told),
      told: told.answer,
      now: (choice && standingAnswer(choice)) ?? 'none',
      canComeBack:
        told.tookBack !== undefined && choice !== undefined && isLastWord(choice, known.facts, act, now),
    }
  })
}

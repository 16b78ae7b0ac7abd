import type { ChoiceStatus, PurposeChoice } from '../../views/parts/choice.tsx'
import type { PurposeCardModel } from '../../views/parts/purpose-card.tsx'
import {
  askedAgainFrom,
  inLanguage,
  type NoticeReference,
  noticeFor,
  type PublishedNotice,
  type PublishedRegistry,
  pinnedNotice,
  type StandingChoice,
  standingAnswer,
  standingMark,
} from '../features/consent/index.ts'
import type { Channel } from '../kernel/evidence.ts'
import { paragraph, textDifference } from './text-difference.ts'

/** What else a card can tell, where it is known. */
export interface CardNews {
  readonly now?: Date
  /** Where the words are shown; a purpose without words for it is left out. A screen, unless said otherwise. */
  readonly surface?: string
  /** By which channel each answer came, by event id. */
  readonly where?: ReadonlyMap<string, Channel>
  /** False while a guardian's yes is needed. */
  readonly alone?: boolean
  /** The wordings of the form that came back, by question, when they were overtaken by new ones. */
  readonly read?: ReadonlyMap<string, NoticeReference>
  /** What was pressed on a form that another channel overtook, by question. */
  readonly overtaken?: ReadonlyMap<string, 'yes' | 'no'>
}

/** So long an answer from elsewhere is told with its minutes: whoever looks now may not expect it. */
const freshMinutes = 60

const choiceKey = ({ key }: Pick<StandingChoice, 'key'>): string => `${key.purpose}.${key.contactChannel}`

/** What a yes that does not count yet waits for; undefined when it counts, or when there is none. */
function waitsFor({ state, by, key }: StandingChoice, { alone }: CardNews): PurposeChoice['waitsFor'] {
  if (by?.type !== 'given') return undefined
  if (state === 'PENDING_GUARDIAN') return alone === true ? 'own-word' : 'guardian'
  if (state !== 'PENDING_DOI') return undefined
  return (by.contactPoint ?? key.contactPoint) === undefined ? 'contact-point' : 'confirmation'
}

/** Why the question stands otherwise than it was answered, in the order in which it would be asked about. */
function statusOf(choice: StandingChoice, now: Date | undefined): PurposeChoice['status'] {
  const { state, effective, by, decision, objection } = choice
  const told = (kind: ChoiceStatus, at: number | undefined = by?.occurredAt): PurposeChoice['status'] => ({
    kind,
    ...(at === undefined ? {} : { at: new Date(at) }),
  })
  if (decision.reason === 'RESTRICTED') return { kind: 'restricted' }
  if (objection !== undefined) return told('objected', objection.occurredAt)
  if (state === 'INVALIDATED') return told('invalidated')
  if (state === 'REVOKED') return told('revoked')
  if (effective === 'EXPIRED') return { kind: 'expired' }
  if (effective === 'SUPERSEDED') return { kind: 'superseded' }
  if (state === 'DEFERRED' && by !== undefined && now !== undefined) {
    const again = askedAgainFrom([{ choice }], by.occurredAt)
    return again === undefined || again <= now.getTime() ? undefined : told('deferred', again)
  }
  // A complaint, a mailbox that sends everything back: the yes stands and is not used.
  return standingAnswer(choice) === 'yes' && decision.decision === 'DENY' ? { kind: 'stopped' } : undefined
}

/** When, where and by whom the present answer was given. */
function saidOf(choice: StandingChoice, { now, where }: CardNews): Partial<PurposeChoice> {
  const { by, objection } = choice
  // What an objection decides is told as one; the older answer is not when it was decided.
  if (by === undefined || objection !== undefined || standingAnswer(choice) === undefined) return {}
  const channel = where?.get(by.id)
  const minutes = now === undefined ? undefined : Math.floor((now.getTime() - by.occurredAt) / 60_000)
  const fresh = minutes !== undefined && minutes < freshMinutes && channel !== undefined && channel !== 'web'
  return {
    since: new Date(by.occurredAt),
    ...(by.by === 'guardian' ? { by: 'guardian' } : {}),
    ...(channel === undefined || channel === 'web' ? {} : { channel }),
    ...(fresh ? { minutesAgo: minutes } : {}),
  }
}

/** What was pressed here and where the newer answer came from, on a form that was overtaken. */
function overtakenOf(choice: StandingChoice, { now, where, overtaken }: CardNews): Partial<PurposeChoice> {
  const pressed = overtaken?.get(choiceKey(choice))
  if (pressed === undefined) return {}
  const last = choice.objection ?? choice.by
  const minutes = last && now ? Math.floor((now.getTime() - last.occurredAt) / 60_000) : 0
  return {
    overtaken: { pressed },
    minutesAgo: Math.max(0, minutes),
    channel: (last && where?.get(last.id)) ?? 'web',
  }
}

function differenceShown(
  choices: readonly StandingChoice[],
  registry: PublishedRegistry,
  language: string,
  { read }: CardNews,
): PurposeCardModel['changed'] {
  for (const choice of choices) {
    const { by, version } = choice
    const agreedTo = (by?.purposeVersion ?? 0) < version.reconsentMin ? by?.notice : undefined
    const reference = read?.get(choiceKey(choice)) ?? agreedTo
    const before = reference && pinnedNotice(registry, reference)
    const difference = before && textDifference(registry, before, language)
    if (difference !== undefined) return difference
  }
  return undefined
}

function choiceModel(choice: StandingChoice, shown: PurposeChoice['notice'], told: CardNews): PurposeChoice {
  const standing = standingAnswer(choice)
  // What a guardian agreed to stands until the person, of age now, says it themselves: so the control is open for it.
  const outgrown = told.alone === true && choice.by?.by === 'guardian' && standing === 'yes'
  const answer = outgrown ? undefined : standing
  const waiting = waitsFor(choice, told)
  const status = statusOf(choice, told.now)
  return {
    key: choiceKey(choice),
    contactChannel: choice.key.contactChannel,
    notice: shown,
    was: { mark: standingMark(choice), preset: answer ?? 'none' },
    ...(answer === undefined ? {} : { answer }),
    ...(outgrown ? { said: standing } : {}),
    ...(waiting === undefined ? {} : { waitsFor: waiting }),
    ...(status === undefined ? {} : { status }),
    ...saidOf(choice, told),
    ...overtakenOf(choice, told),
  }
}

export const shownAs = (notice: PublishedNotice): PurposeChoice['notice'] => ({
  id: notice.id,
  version: String(notice.version),
  language: notice.language,
  hash: notice.textHash,
  text: paragraph(notice),
})

/**
 * One card per purpose, one question per contact channel, in the words in force. A purpose without a wording is left out:
 * what cannot be told cannot be asked.
 */
export function purposeCards(
  choices: readonly StandingChoice[],
  registry: PublishedRegistry,
  language: string,
  told: CardNews = {},
): readonly PurposeCardModel[] {
  const byPurpose = Map.groupBy(choices, ({ key }) => key.purpose)
  return [...byPurpose].flatMap(([purpose, asked]) => {
    const notice = noticeFor(registry, purpose, language, told.surface)
    const [first] = asked
    if (notice === undefined || first === undefined) return []
    const { version, key } = first
    const names = version.recipients.flatMap((id) => registry.systemNames.get(id)?.name ?? [])
    const abroad = version.recipients
      .filter((id) => registry.systems.get(id)?.thirdCountry === true)
      .flatMap((id) => registry.systemNames.get(id)?.countries ?? [])
    const changed = differenceShown(asked, registry, language, told)
    const shown = shownAs(notice)
    return [
      {
        id: purpose.replaceAll('.', '-'),
        title: notice.title,
        summary: notice.summary,
        controller: registry.controllers.get(key.controller)?.name ?? key.controller,
        data: version.attributes.map((id) => labelOf(registry, id, language)),
        recipients: names,
        retention: inLanguage(version.retention, language),
        howToStop: inLanguage(version.howToStop, language),
        ...(abroad.length === 0 ? {} : { transfers: [...new Set(abroad)].join(', ') }),
        choices: asked.map((choice) => choiceModel(choice, shown, told)),
        ...(changed === undefined ? {} : { changed }),
      },
    ]
  })
}

/**
 * The cards as questions that nobody answered yet: what is asked in the middle of something else presets nothing, whatever
 * was said to an earlier text, and tells of no earlier answer.
 */
export const asNewQuestions = (cards: readonly PurposeCardModel[]): readonly PurposeCardModel[] =>
  cards.map((card) => ({
    ...card,
    choices: card.choices.map(
      ({
        answer: _answer,
        since: _since,
        said: _said,
        waitsFor: _waits,
        status: _status,
        by: _by,
        was,
        ...choice
      }) => ({
        ...choice,
        ...(was === undefined ? {} : { was: { ...was, preset: 'none' as const } }),
      }),
    ),
  }))

/** What the catalogue calls an attribute. */
export const labelOf = (registry: PublishedRegistry, attribute: string, language: string): string => {
  const known = registry.attributes.get(attribute)
  return known === undefined ? attribute : inLanguage(known.labels, language)
}

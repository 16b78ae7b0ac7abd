import type { PurposeCardModel } from '../../views/parts/purpose-card.tsx'
import {
  inLanguage,
  noticeFor,
  type PublishedNotice,
  type PublishedRegistry,
  pinnedNotice,
  type StandingChoice,
} from '../features/consent/index.ts'

/** Summary and text as one paragraph: what the card compares when a text has changed. */
const paragraph = ({ summary, text }: PublishedNotice): string => `${summary} ${text}`

/** What the person answered, where the answer still counts. A question that is asked again has none: nothing is preset. */
export function answerOf({ state, effective, by, decision }: StandingChoice): 'yes' | 'no' | undefined {
  if (by === undefined) return undefined
  if (decision.reason === 'OBJECTED') return 'no'
  if (effective === 'GIVEN' || effective === 'RENEWED') return 'yes'
  return state === 'REFUSED' || state === 'WITHDRAWN' ? 'no' : undefined
}

const choiceKey = ({ key }: Pick<StandingChoice, 'key'>): string => `${key.purpose}.${key.contactChannel}`

function changedFrom(
  choices: readonly StandingChoice[],
  notice: PublishedNotice,
  registry: PublishedRegistry,
): PurposeCardModel['changedFrom'] {
  for (const { by, version } of choices) {
    if (by?.notice === undefined || (by.purposeVersion ?? 0) >= version.reconsentMin) continue
    const before = pinnedNotice(registry, by.notice)
    if (before !== undefined && before.textHash !== notice.textHash) {
      return { version: String(before.version), text: paragraph(before) }
    }
  }
  return undefined
}

/**
 * One card per purpose, one question per contact channel, in the words in force. A purpose without a wording is left out:
 * what cannot be told cannot be asked.
 */
export function purposeCards(
  choices: readonly StandingChoice[],
  registry: PublishedRegistry,
  language: string,
): readonly PurposeCardModel[] {
  const byPurpose = Map.groupBy(choices, ({ key }) => key.purpose)
  return [...byPurpose].flatMap(([purpose, asked]) => {
    const notice = noticeFor(registry, purpose, language)
    const [first] = asked
    if (notice === undefined || first === undefined) return []
    const { version, key } = first
    const names = version.recipients.flatMap((id) => registry.systemNames.get(id)?.name ?? [])
    const abroad = version.recipients
      .filter((id) => registry.systems.get(id)?.thirdCountry === true)
      .flatMap((id) => registry.systemNames.get(id)?.countries ?? [])
    const before = changedFrom(asked, notice, registry)
    const shown = {
      id: notice.id,
      version: String(notice.version),
      language: notice.language,
      hash: notice.textHash,
      text: paragraph(notice),
    }
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
        choices: asked.map((choice) => {
          const answer = answerOf(choice)
          return {
            key: choiceKey(choice),
            contactChannel: choice.key.contactChannel,
            notice: shown,
            ...(answer === undefined ? {} : { answer }),
            ...(answer === undefined || choice.by === undefined
              ? {}
              : { since: new Date(choice.by.occurredAt) }),
          }
        }),
        ...(before === undefined ? {} : { changedFrom: before }),
      },
    ]
  })
}

/** What the catalogue calls an attribute. */
export const labelOf = (registry: PublishedRegistry, attribute: string, language: string): string => {
  const known = registry.attributes.get(attribute)
  return known === undefined ? attribute : inLanguage(known.labels, language)
}

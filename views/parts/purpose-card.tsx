import type { PageContext } from '../page-context.ts'
import { Choice, type PurposeChoice } from './choice.tsx'
import { Details } from './details.tsx'
import { Diff, type TextDifference } from './diff.tsx'
import { SummaryList, Values } from './summary-list.tsx'
import { Tag } from './tag.tsx'

export interface PurposeCardModel {
  readonly id: string
  readonly title: string
  /** Subject, verb, purpose, recipient and how to stop, in 25 words or fewer. */
  readonly summary: string
  readonly controller: string
  readonly data: readonly string[]
  readonly recipients: readonly string[]
  readonly retention: string
  readonly howToStop: string
  readonly transfers?: string
  readonly choices: readonly PurposeChoice[]
  /** What the person agreed to or had before them against the text in force, when they are asked again. */
  readonly changed?: TextDifference
}

/** One purpose, its layers, and one question per contact channel. */
export function PurposeCard({ page, purpose }: { page: PageContext; purpose: PurposeCardModel }) {
  const { t } = page
  const notices = new Map(purpose.choices.map(({ notice }) => [notice.id, notice]))
  return (
    <section class="card" aria-labelledby={`purpose-${purpose.id}`}>
      <div class="card__head">
        <h2 id={`purpose-${purpose.id}`}>{purpose.title}</h2>
        {purpose.changed && <Tag tone="warn">{t('purpose.changed')}</Tag>}
      </div>
      <p data-consent-line="">{purpose.summary}</p>
      {purpose.changed && (
        <Details summary={t('purpose.whatChanged')} about={purpose.title} open>
          <Diff page={page} of={purpose.changed} />
        </Details>
      )}
      <div>
        {purpose.choices.map((choice) => (
          <Choice key={choice.key} page={page} title={purpose.title} choice={choice} />
        ))}
      </div>
      <Details summary={t('purpose.more')} about={purpose.title}>
        <SummaryList
          rows={[
            { label: t('purpose.controller'), value: purpose.controller },
            { label: t('purpose.data'), value: <Values of={purpose.data} /> },
            {
              label: t('purpose.recipients'),
              value: purpose.recipients.length ? (
                <Values of={purpose.recipients} />
              ) : (
                t('purpose.noRecipients')
              ),
            },
            ...(purpose.transfers ? [{ label: t('purpose.transfers'), value: purpose.transfers }] : []),
            { label: t('purpose.retention'), value: purpose.retention },
            { label: t('purpose.howToStop'), value: purpose.howToStop },
          ]}
        />
        {[...notices.values()].map((notice) => (
          <div key={notice.id} class="stack stack--close">
            <h3>{t('purpose.fullText')}</h3>
            <p {...(notice.language === page.language ? {} : { lang: notice.language })}>{notice.text}</p>
            <p class="soft">{t('purpose.noticeVersion', { version: notice.version })}</p>
          </div>
        ))}
      </Details>
    </section>
  )
}

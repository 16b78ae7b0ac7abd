import type { Channel } from '../../src/kernel/evidence.ts'
import { type PageContext, say, type View, type Words } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Details } from '../parts/details.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface HeldValue {
  readonly id: string
  readonly label: Words
  readonly value: string
  /** How we came to it. */
  readonly source: 'declared' | 'observed' | 'inferred' | 'issued'
  readonly channel?: Channel
  readonly at: Date
  readonly purposes: readonly string[]
  readonly recipients: readonly string[]
  /** A date, or the rule when no date can be named yet. */
  readonly keptUntil: Date | Words
  readonly editHref?: string
  readonly correctionHref?: string
}

export interface YourDataModel {
  readonly topics: readonly {
    readonly id: string
    readonly title: Words
    readonly values: readonly HeldValue[]
  }[]
  readonly downloadHref?: string
  /** By whose law the person's permissions are judged. */
  readonly residence?: { readonly country: string; readonly changeHref: string }
}

export const YourDataView: View<YourDataModel> = {
  id: 'privacy-centre/your-data',
  title: (_, { t }) => t('yourData.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('yourData.title')}>
          <p class="lead">{t('yourData.lead')}</p>
        </Heading>
        {model.topics.length === 0 && (
          <EmptyState icon="person" title={t('yourData.empty')}>
            <p>{t('yourData.emptyLead')}</p>
          </EmptyState>
        )}
        {model.topics.map((topic) => (
          <Card key={topic.id} id={`topic-${topic.id}`} title={say(page, topic.title)}>
            <div class="list">
              {topic.values.map((held) => (
                <Held key={held.id} page={page} held={held} />
              ))}
            </div>
          </Card>
        ))}
        {model.residence && (
          <Card id="residence" title={t('residence.title')}>
            <p>
              <strong>{t('yourData.residence', { country: model.residence.country })}</strong>{' '}
              {t('yourData.residenceLaw')}
            </p>
            <p>
              <a href={model.residence.changeHref}>{t('yourData.changeResidence')}</a>
            </p>
          </Card>
        )}
        {model.downloadHref && (
          <div class="actions">
            <ButtonLink weight="even" href={model.downloadHref} icon="download">
              {t('yourData.download')}
            </ButtonLink>
          </div>
        )}
      </>
    )
  },
}

function Held({ page, held }: { page: PageContext; held: HeldValue }) {
  const { t } = page
  const label = say(page, held.label)
  const change = held.editHref ?? held.correctionHref
  const until =
    held.keptUntil instanceof Date ? t('page.day', { at: held.keptUntil }) : say(page, held.keptUntil)
  return (
    <div>
      <p class="soft">{label}</p>
      <div>
        <p>
          <strong>{held.value}</strong>
        </p>
        <Details summary={t('yourData.more')} about={label}>
          <SummaryList
            rows={[
              {
                label: t('yourData.source'),
                value: [
                  t(`yourData.source.${held.source}`, { at: held.at }),
                  held.channel && t(`channel.${held.channel}`),
                ]
                  .filter(Boolean)
                  .join(' · '),
              },
              { label: t('yourData.purposes'), value: <Values of={held.purposes} /> },
              {
                label: t('yourData.recipients'),
                value: held.recipients.length ? <Values of={held.recipients} /> : t('purpose.noRecipients'),
              },
              { label: t('yourData.keptUntil'), value: until },
            ]}
          />
          {change && (
            <p>
              <a href={change}>
                {t(held.editHref ? 'yourData.edit' : 'yourData.correct')}
                <span class="visually-hidden"> {label}</span>
              </a>
            </p>
          )}
        </Details>
      </div>
    </div>
  )
}

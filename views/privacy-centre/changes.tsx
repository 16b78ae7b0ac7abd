import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Details } from '../parts/details.tsx'
import { Diff, type TextDifference } from '../parts/diff.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'
import { Tag } from '../parts/tag.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { type HistoryEntry, HistoryItem } from './history.tsx'

/** Days that can be chosen by name. */
export type SinceName = 'last-visit' | 'month' | 'year'

export interface ChangedPurpose {
  readonly id: string
  readonly title: string
  readonly kind: 'new' | 'changed' | 'ended'
  /** Of a changed text. */
  readonly difference?: TextDifference
  /** The whole text, of a purpose that is new. */
  readonly text?: { readonly words: string; readonly language: string }
  readonly dataAdded: readonly string[]
  readonly dataRemoved: readonly string[]
  readonly recipientsAdded: readonly string[]
  readonly recipientsRemoved: readonly string[]
}

export interface ChangesModel {
  readonly since: Date
  readonly choices: readonly { readonly name: SinceName; readonly href: string; readonly current: boolean }[]
  /** What was typed into the field for a day, `YYYY-MM-DD`. */
  readonly typed?: string
  readonly purposes: readonly ChangedPurpose[]
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
}

/** What became different since a day, so that nobody has to find it by reading everything again. Fields: `since`. */
export const ChangesView: View<ChangesModel> = {
  id: 'privacy-centre/changes',
  title: (model, { t }) => t('changes.title', { since: model.since }),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    const nothing = model.purposes.length === 0 && model.entries.length === 0
    return (
      <>
        <BackLink href="/privacy/history" words={t('receipt.back')} />
        <Heading title={t('changes.title', { since: model.since })}>
          <p class="lead">{t('changes.lead')}</p>
        </Heading>
        <Since page={page} model={model} />
        {nothing && (
          <EmptyState icon="check" title={t('changes.nothing')}>
            <p>{t('changes.nothingLead')}</p>
          </EmptyState>
        )}
        {model.purposes.length > 0 && (
          <section class="stack" aria-labelledby="changed-texts">
            <h2 id="changed-texts">{t('changes.texts', { count: model.purposes.length })}</h2>
            {model.purposes.map((purpose) => (
              <Changed key={purpose.id} page={page} purpose={purpose} />
            ))}
            <div class="actions">
              <ButtonLink weight="quiet" href="/privacy/permissions">
                {t('recipients.change')}
              </ButtonLink>
            </div>
          </section>
        )}
        {model.entries.length > 0 && (
          <section class="stack" aria-labelledby="recorded">
            <h2 id="recorded">{t('changes.decisions', { count: model.entries.length })}</h2>
            <Timeline
              entries={model.entries.map((entry) => ({
                id: entry.id,
                body: <HistoryItem page={page} entry={entry} level={3} />,
              }))}
            />
          </section>
        )}
      </>
    )
  },
}

/** Days by name, and any day by its date. */
function Since({ page, model }: { page: PageContext; model: ChangesModel }) {
  const { t } = page
  return (
    <section class="card" aria-labelledby="since-when">
      <h2 id="since-when">{t('changes.since')}</h2>
      <div class="actions">
        {model.choices.map(({ name, href, current }) => (
          <a
            key={name}
            class="button button--quiet"
            href={href}
            {...(current ? { 'aria-current': 'true' } : {})}
          >
            {t(`changes.since.${name}`)}
          </a>
        ))}
      </div>
      <Form page={page} action="/privacy/changes" class="inline-form">
        <TextInput page={page} name="since" type="date" label={t('changes.sinceDay')} value={model.typed} />
        <Button weight="even">{t('changes.show')}</Button>
      </Form>
    </section>
  )
}

const tones = { new: 'accent', changed: 'warn', ended: undefined } as const

function Changed({ page, purpose }: { page: PageContext; purpose: ChangedPurpose }) {
  const { t } = page
  const { id, title, kind, difference, text } = purpose
  const tone = tones[kind]
  const rows = (
    [
      ['changes.dataAdded', purpose.dataAdded],
      ['changes.dataRemoved', purpose.dataRemoved],
      ['changes.recipientsAdded', purpose.recipientsAdded],
      ['changes.recipientsRemoved', purpose.recipientsRemoved],
    ] as const
  ).filter(([, names]) => names.length > 0)
  return (
    <Card
      id={`change-${id}`}
      title={title}
      level={3}
      head={<Tag {...(tone === undefined ? {} : { tone })}>{t(`changes.kind.${kind}`)}</Tag>}
    >
      {kind === 'ended' && <p>{t('changes.ended')}</p>}
      {rows.length > 0 && (
        <SummaryList
          rows={rows.map(([label, names]) => ({ label: t(label), value: <Values of={names} /> }))}
        />
      )}
      {difference && (
        <Details summary={t('purpose.whatChanged')} about={title} open>
          <Diff page={page} of={difference} />
        </Details>
      )}
      {text && (
        <Details summary={t('purpose.fullText')} about={title}>
          <p {...(text.language === page.language ? {} : { lang: text.language })}>{text.words}</p>
        </Details>
      )}
    </Card>
  )
}

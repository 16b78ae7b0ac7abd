import type { PageContext, View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Tag } from '../parts/tag.tsx'
import type { RequestRightWord, RequestStateWord } from '../request-words.ts'

export interface RequestLineModel {
  readonly id: string
  readonly href: string
  readonly right: RequestRightWord
  readonly reference: string
  readonly state: RequestStateWord
  readonly receivedAt: Date
  readonly due: Date
}

export interface RequestsModel {
  /** Newest first. */
  readonly requests: readonly RequestLineModel[]
  readonly newHref: string
}

export const RequestTag = ({ page, state }: { page: PageContext; state: RequestStateWord }) => (
  <Tag {...(state === 'open' ? { tone: 'accent' as const } : {})}>{page.t(`requests.state.${state}`)}</Tag>
)

function Line({ page, line }: { page: PageContext; line: RequestLineModel }) {
  const { t } = page
  const { id, href, right, reference, state, receivedAt, due } = line
  return (
    <section class="card" aria-labelledby={`request-${id}`}>
      <div class="card__head">
        <h2 id={`request-${id}`}>
          <a href={href}>{t(`requests.right.${right}`)}</a>
        </h2>
        <RequestTag page={page} state={state} />
      </div>
      <SummaryList
        rows={[
          { label: t('requests.reference'), value: reference },
          { label: t('requests.receivedAt'), value: t('requests.day', { day: receivedAt }) },
          ...(state === 'open'
            ? [{ label: t('requests.due'), value: <strong>{t('requests.day', { day: due })}</strong> }]
            : []),
        ]}
      />
    </section>
  )
}

/** What somebody asked for, with the day by which they have their answer (GDPR Art. 12(3)). */
export const RequestsView: View<RequestsModel> = {
  id: 'privacy-centre/requests',
  title: (_, { t }) => t('requests.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('requests.title')}>
          <p class="lead">{t('requests.lead')}</p>
        </Heading>
        <div class="actions">
          <ButtonLink href={model.newHref}>{t('requests.new')}</ButtonLink>
        </div>
        {model.requests.length === 0 && (
          <EmptyState icon="mail" title={t('requests.empty')}>
            <p>{t('requests.emptyLead')}</p>
          </EmptyState>
        )}
        {model.requests.map((line) => (
          <Line key={line.id} page={page} line={line} />
        ))}
      </>
    )
  },
}

import type { Channel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { Table } from '../parts/table.tsx'
import { Tag } from '../parts/tag.tsx'
import type { RequestRightWord } from '../request-words.ts'

export const urgencyWords = ['overdue', 'soon', 'in-time'] as const
export type UrgencyWord = (typeof urgencyWords)[number]
export type IdentityWord = 'none' | 'contact-point' | 'signed-in' | 'signed-in-strongly'

export interface TimeLeftModel {
  readonly due: Date
  /** Negative once it has passed. */
  readonly days: number
  readonly urgency: UrgencyWord
}

export interface InboxLineModel extends TimeLeftModel {
  readonly id: string
  readonly href: string
  readonly reference: string
  readonly right: RequestRightWord
  /** Masked; undefined of whoever has no verified address. */
  readonly person?: string | undefined
  readonly channel: Channel
  readonly identity: IdentityWord
}

export interface InboxModel {
  readonly requests: readonly InboxLineModel[]
  readonly filters: readonly {
    readonly urgency: UrgencyWord | 'all'
    readonly count: number
    /** There are more than were counted. */
    readonly more: boolean
    readonly href: string
    readonly current: boolean
  }[]
  readonly nextHref?: string | undefined
}

export function TimeLeftChip({ page, left }: { page: PageContext; left: TimeLeftModel }) {
  const { urgency, days } = left
  const { t } = page
  return (
    <>
      <Tag {...(urgency === 'in-time' ? {} : { tone: 'warn' as const })}>{t(`inbox.left.${urgency}`)}</Tag>{' '}
      <span class="small soft">
        {days < 0 ? t('inbox.daysOver', { days: -days }) : t('inbox.days', { days })}
      </span>
    </>
  )
}

/** What has to be answered, first what is due first (GDPR Art. 12(3)). Nobody's name and nobody's words are on it. */
export const InboxView: View<InboxModel> = {
  id: 'staff/requests',
  title: (_, { t }) => t('inbox.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('inbox.title')}>
          <p class="lead">{t('inbox.lead')}</p>
        </Heading>
        <nav class="actions" aria-label={t('inbox.filter')}>
          {model.filters.map(({ urgency, href, current, ...counted }) => (
            <a
              key={urgency}
              class="button button--quiet"
              href={href}
              {...(current ? { 'aria-current': 'true' } : {})}
            >
              {t(urgency === 'all' ? 'inbox.all' : `inbox.filter.${urgency}`, {
                count: counted.count,
                more: counted.more ? 'yes' : 'no',
              })}
            </a>
          ))}
        </nav>
        {model.requests.length === 0 ? (
          <EmptyState icon="check" title={t('inbox.empty')}>
            <p>{t('inbox.emptyLead')}</p>
          </EmptyState>
        ) : (
          <Table
            caption={t('inbox.title')}
            columns={[
              t('requests.reference'),
              t('requests.right'),
              t('inbox.person'),
              t('inbox.channel'),
              t('inbox.identity'),
              t('inbox.due'),
            ]}
            rows={model.requests.map((line) => ({
              id: line.id,
              cells: [
                <a key="reference" class="nowrap" href={line.href}>
                  {line.reference}
                </a>,
                t(`inbox.right.${line.right}`),
                line.person ?? <span class="soft">{t('inbox.nobody')}</span>,
                t(`channel.${line.channel}`),
                t(`inbox.identity.${line.identity}`),
                <div key="due">
                  <div class="nowrap">{t('requests.day', { day: line.due })}</div>
                  <TimeLeftChip page={page} left={line} />
                </div>,
              ],
            }))}
          />
        )}
        {model.nextHref !== undefined && (
          <div class="actions">
            <ButtonLink weight="quiet" href={model.nextHref}>
              {t('inbox.next')}
            </ButtonLink>
          </div>
        )}
      </>
    )
  },
}

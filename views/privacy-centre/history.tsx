import type { Channel, ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Diff, type TextDifference } from '../parts/diff.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { Timeline } from '../parts/timeline.tsx'

export type HistoryKind =
  | 'given'
  /** A yes that a system reported, without anything of the person's own. */
  | 'claimed'
  /** A yes that somebody of customer service noted in a call: the person's own word is still to come. */
  | 'noted'
  | 'refused'
  | 'withdrawn'
  | 'deferred'
  | 'requested'
  | 'confirmed'
  | 'invalidated'
  | 'revoked'
  | 'objection_made'
  | 'objection_overridden'
  | 'restriction_set'
  | 'restriction_lifted'
  | 'notice_shown'

export interface HistoryEntry {
  readonly id: string
  readonly kind: HistoryKind
  readonly at: Date
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly channel: Channel
  /** Store, kiosk or desk. */
  readonly touchpoint?: string
  /** Who noted it down, when it was not the person alone. */
  readonly recordedBy?: string
  /** It was somebody who works there, and not one of their systems. */
  readonly recordedByPerson?: boolean
  /** Said for the person, by whoever holds parental responsibility. */
  readonly by?: 'guardian'
  /** Nothing counts until the person says it themselves. */
  readonly waits?: true
  readonly noticeVersion?: string
  /** When the text is no longer the one of today. */
  readonly changedSince?: TextDifference
  /** The reasons we gave for going on after an objection. */
  readonly grounds?: string
  readonly receiptHref?: string
  readonly receiptDownloadHref?: string
}

export interface HistoryModel {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  readonly olderHref?: string
  /** Where to see what changed since a day. */
  readonly changesHref?: string
}

export const HistoryView: View<HistoryModel> = {
  id: 'privacy-centre/history',
  title: (_, { t }) => t('history.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('history.title')}>
          <p class="lead">{t('history.lead')}</p>
        </Heading>
        {model.changesHref && (
          <div class="actions">
            <ButtonLink weight="quiet" href={model.changesHref} icon="clock">
              {t('history.changes')}
            </ButtonLink>
          </div>
        )}
        {model.entries.length === 0 ? (
          <EmptyState icon="clock" title={t('history.empty')}>
            <p>{t('history.emptyLead')}</p>
          </EmptyState>
        ) : (
          <Timeline
            entries={model.entries.map((entry) => ({
              id: entry.id,
              body: <HistoryItem page={page} entry={entry} />,
            }))}
          />
        )}
        {model.olderHref && (
          <div>
            <ButtonLink weight="even" href={model.olderHref}>
              {t('history.older')}
            </ButtonLink>
          </div>
        )}
      </>
    )
  },
}

const titleOf = ({ kind, by, purpose }: HistoryEntry, { t }: PageContext): string =>
  by === 'guardian' && (kind === 'given' || kind === 'refused' || kind === 'withdrawn')
    ? t(`history.guardian.${kind}`, { purpose })
    : t(`history.kind.${kind}`, { purpose })

/** One fact, with where and how it was recorded, its text then and now, and its receipt. */
export function HistoryItem({
  page,
  entry,
  level = 2,
}: {
  page: PageContext
  entry: HistoryEntry
  level?: 2 | 3
}) {
  const { t } = page
  const Title = level === 3 ? 'h3' : 'h2'
  const how = [
    entry.contactChannel === 'none' ? undefined : t(`contactChannel.${entry.contactChannel}`),
    t(`channel.${entry.channel}`),
    entry.touchpoint,
    entry.recordedBy &&
      t(entry.recordedByPerson ? 'history.recordedByPerson' : 'history.recordedBy', {
        who: entry.recordedBy,
      }),
    entry.noticeVersion && t('purpose.noticeVersion', { version: entry.noticeVersion }),
  ].filter((part) => part !== undefined && part !== '')
  return (
    <>
      <p class="small soft">
        <time datetime={entry.at.toISOString()}>{t('page.moment', { at: entry.at })}</time>
      </p>
      <Title>{titleOf(entry, page)}</Title>
      <p class="small soft">{how.join(' · ')}</p>
      {entry.waits && <p>{t('history.waits')}</p>}
      {entry.changedSince && (
        <Details summary={t('history.changedSince')} about={entry.purpose}>
          <Diff page={page} of={entry.changedSince} />
        </Details>
      )}
      {entry.grounds && (
        <Details summary={t('history.grounds')} about={entry.purpose}>
          <p>{entry.grounds}</p>
        </Details>
      )}
      {(entry.receiptHref || entry.receiptDownloadHref) && (
        <div class="actions">
          {entry.receiptHref && (
            <ButtonLink weight="quiet" href={entry.receiptHref} icon="receipt">
              {t('history.receipt')}
              <span class="visually-hidden">: {entry.purpose}</span>
            </ButtonLink>
          )}
          {entry.receiptDownloadHref && (
            <ButtonLink weight="quiet" href={entry.receiptDownloadHref} icon="download" download>
              {t('history.download')}
              <span class="visually-hidden">: {entry.purpose}</span>
            </ButtonLink>
          )}
        </div>
      )}
    </>
  )
}

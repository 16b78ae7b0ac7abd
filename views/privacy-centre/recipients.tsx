import { listOf } from '../locales/translator.ts'
import type { PageContext, View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Details } from '../parts/details.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Table } from '../parts/table.tsx'
import { Tag } from '../parts/tag.tsx'

export interface ShownDisclosure {
  readonly id: string
  readonly at: Date
  readonly attributes: readonly string[]
  readonly purpose: string
  /** Version of the text the consent was given under; absent where another basis carried it. */
  readonly noticeVersion?: string
  readonly basis: string
}

export interface ShownRecipient {
  readonly id: string
  readonly name: string
  readonly role: 'processor' | 'controller' | 'own'
  readonly does: string
  readonly countries: readonly string[]
  /** May it receive something today? */
  readonly state: 'receiving' | 'stopped' | 'stopping'
  readonly stoppedAt?: Date
  readonly disclosures: readonly ShownDisclosure[]
  readonly olderHref?: string
}

export interface RecipientsModel {
  readonly recipients: readonly ShownRecipient[]
}

/** Actual recipients by name, not categories (CJEU C-154/21). */
export const RecipientsView: View<RecipientsModel> = {
  id: 'privacy-centre/recipients',
  title: (_, { t }) => t('recipients.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('recipients.title')}>
          <p class="lead">{t('recipients.lead')}</p>
        </Heading>
        {model.recipients.length === 0 ? (
          <EmptyState icon="share" title={t('recipients.empty')}>
            <p>{t('recipients.emptyLead')}</p>
          </EmptyState>
        ) : (
          model.recipients.map((recipient) => (
            <Recipient key={recipient.id} page={page} recipient={recipient} />
          ))
        )}
        <div class="actions">
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('recipients.change')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

function Recipient({ page, recipient }: { page: PageContext; recipient: ShownRecipient }) {
  const { t, language } = page
  const latest = recipient.disclosures[0]
  return (
    <Card
      id={`recipient-${recipient.id}`}
      title={recipient.name}
      head={<Tag>{t(`recipients.state.${recipient.state}`)}</Tag>}
    >
      <p>{recipient.does}</p>
      <SummaryList
        rows={[
          { label: t('recipients.role'), value: t(`recipients.role.${recipient.role}`) },
          { label: t('recipients.countries'), value: listOf(language, recipient.countries) },
          ...(recipient.stoppedAt
            ? [{ label: t('recipients.stoppedAt'), value: t('page.moment', { at: recipient.stoppedAt }) }]
            : []),
          {
            label: t('recipients.last'),
            value: latest ? t('page.moment', { at: latest.at }) : t('recipients.nothingYet'),
          },
        ]}
      />
      {latest && (
        <Details
          summary={t('recipients.received', { count: recipient.disclosures.length })}
          about={recipient.name}
        >
          <Table
            caption={t('recipients.receivedBy', { name: recipient.name })}
            columns={[
              t('recipients.when'),
              t('recipients.what'),
              t('recipients.purpose'),
              t('recipients.basis'),
            ]}
            rows={recipient.disclosures.map((disclosure) => ({
              id: disclosure.id,
              cells: [
                <time key="at" datetime={disclosure.at.toISOString()}>
                  {t('page.moment', { at: disclosure.at })}
                </time>,
                listOf(language, disclosure.attributes),
                disclosure.purpose,
                disclosure.noticeVersion
                  ? `${disclosure.basis} (${t('purpose.noticeVersion', { version: disclosure.noticeVersion })})`
                  : disclosure.basis,
              ],
            }))}
          />
          {recipient.olderHref && (
            <p>
              <a href={recipient.olderHref}>
                {t('history.older')}
                <span class="visually-hidden">: {recipient.name}</span>
              </a>
            </p>
          )}
        </Details>
      )}
    </Card>
  )
}

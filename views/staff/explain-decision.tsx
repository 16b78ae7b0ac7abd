import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { Select } from '../parts/select.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Table } from '../parts/table.tsx'
import { Tag } from '../parts/tag.tsx'

export interface ExplainFields {
  readonly purpose: string
  readonly contact_channel: string
  readonly recipient: string
  readonly day: string
}

type BasisName = 'consent' | 'contract' | 'legal_obligation' | 'soft_opt_in' | 'legitimate_interest'
type RuleOutcome = 'PASSED' | 'PERMIT' | 'DENY' | 'NOT_REACHED'

export interface ExplainedModel {
  readonly permitted: boolean
  readonly says: string
  readonly cites: string
  readonly basis: BasisName | undefined
  readonly attribute: string
  readonly at: Date
  readonly validUntil: Date | undefined
  readonly law: { readonly jurisdiction: string; readonly version: string }
  /** What the house knew at that moment, and what of it cannot be told any more. */
  readonly knew: readonly { readonly id: string; readonly says: string; readonly known: boolean }[]
  readonly rules: readonly {
    readonly number: number
    readonly asks: string
    readonly cites: string
    readonly outcome: RuleOutcome
    readonly says: string | undefined
    readonly bases: readonly {
      readonly basis: BasisName
      readonly outcome: Exclude<RuleOutcome, 'PASSED'>
      readonly says: string | undefined
      readonly cites: string | undefined
    }[]
  }[]
}

export interface ExplainModel {
  readonly action: string
  readonly personHref: string
  readonly fields: ExplainFields
  readonly purposes: readonly { readonly value: string; readonly words: string }[]
  readonly contactChannels: readonly ContactChannel[]
  readonly recipients: readonly { readonly value: string; readonly words: string }[]
  /** Undefined before the first question. */
  readonly explained?: ExplainedModel | undefined
}

function Explained({ page, of }: { page: PageContext; of: ExplainedModel }) {
  const { t } = page
  return (
    <Card id="explained" title={t(of.permitted ? 'explain.permitted' : 'explain.denied')}>
      <Notice kind={of.permitted ? 'success' : 'info'}>
        <p>{of.says}</p>
        <p class="small">{of.cites}</p>
      </Notice>
      <SummaryList
        rows={[
          { label: t('explain.at'), value: t('page.moment', { at: of.at }) },
          { label: t('explain.attribute'), value: of.attribute },
          ...(of.basis === undefined
            ? []
            : [{ label: t('explain.basis'), value: t(`explain.basis.${of.basis}`) }]),
          ...(of.validUntil === undefined
            ? []
            : [{ label: t('explain.validUntil'), value: t('page.moment', { at: of.validUntil }) }]),
          {
            label: t('explain.law'),
            value:
              of.law.jurisdiction === '*'
                ? t('person.law.strictest')
                : t('explain.lawOf', { jurisdiction: of.law.jurisdiction, version: of.law.version }),
          },
        ]}
      />
      <Table
        caption={t('explain.rules')}
        columns={[t('explain.rule'), t('explain.cameTo'), t('explain.article')]}
        rows={of.rules.map((rule) => ({
          id: String(rule.number),
          cells: [
            `${rule.number}. ${rule.asks}`,
            <>
              <strong>{t(`explain.outcome.${rule.outcome}`)}</strong>
              {rule.says && <span class="small soft"> {rule.says}</span>}
              {rule.bases.length > 0 && (
                <ul class="small">
                  {rule.bases.map((tried) => (
                    <li key={tried.basis}>
                      {t(`explain.basis.${tried.basis}`)}: {t(`explain.outcome.${tried.outcome}`)}
                      {tried.says && `. ${tried.says}`}
                      {tried.cites && ` (${tried.cites})`}
                    </li>
                  ))}
                </ul>
              )}
            </>,
            rule.cites,
          ],
        }))}
      />
      <h3>{t('explain.knew')}</h3>
      <ul class="small">
        {of.knew.map(({ id, says, known }) => (
          <li key={id}>
            {!known && <Tag tone="warn">{t('explain.lost')}</Tag>} {says}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Why a use is allowed or not, today or on a past day, by the very rules that answer every exit. */
export const ExplainDecisionView: View<ExplainModel> = {
  id: 'staff/explain-decision',
  title: (_, { t }) => t('explain.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { fields } = model
    return (
      <>
        <BackLink href={model.personHref} words={t('person.back')} />
        <Heading title={t('explain.title')}>
          <p class="lead">{t('explain.lead')}</p>
        </Heading>
        {model.explained && <Explained page={page} of={model.explained} />}
        <Form page={page} action={model.action}>
          <Select
            page={page}
            name="purpose"
            label={t('proof.purpose')}
            none={t('proof.anyPurpose')}
            options={model.purposes}
            value={fields.purpose}
          />
          <Select
            page={page}
            name="contact_channel"
            label={t('proof.contactChannel')}
            none={t('explain.chooseChannel')}
            options={model.contactChannels.map((value) => ({
              value,
              words: value === 'none' ? t('person.noContact') : t(`contactChannel.${value}`),
            }))}
            value={fields.contact_channel}
          />
          <Select
            page={page}
            name="recipient"
            label={t('explain.recipient')}
            options={model.recipients}
            value={fields.recipient}
          />
          <TextInput
            page={page}
            name="day"
            type="date"
            label={t('explain.day')}
            hint={t('explain.dayHint')}
            value={fields.day}
            optional
          />
          <Button wide>{t('explain.ask')}</Button>
        </Form>
      </>
    )
  },
}

import type { PageContext, View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Select } from '../parts/select.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Tag } from '../parts/tag.tsx'

export const coolOffs = ['P1M', 'P3M', 'P6M', 'P12M'] as const
export type CampaignWord = 'draft' | 'running' | 'ended'

export interface CampaignLineModel {
  readonly id: string
  readonly href: string
  readonly title: string
  readonly state: CampaignWord
  readonly opensAt: Date
  readonly closesAt: Date
  /** As it was counted last; undefined before it began and until the first count. */
  readonly progress?: { readonly asked: number; readonly audience: number; readonly countedAt: Date }
}

export interface CampaignFields {
  readonly purpose: string
  readonly opens: string
  readonly closes: string
  readonly cool_off: string
}

export interface CampaignsModel {
  readonly campaigns: readonly CampaignLineModel[]
  /** Purposes with something to ask again. */
  readonly purposes: readonly { readonly id: string; readonly title: string }[]
  readonly fields: CampaignFields
  /** Name the new one will have: sent twice, it is still one. */
  readonly key: string
}

export const CampaignTag = ({ page, state }: { page: PageContext; state: CampaignWord }) => (
  <Tag {...(state === 'running' ? { tone: 'accent' as const } : {})}>{page.t(`campaignState.${state}`)}</Tag>
)

function Plan({ page, model }: { page: PageContext; model: CampaignsModel }) {
  const { t } = page
  const { fields, purposes } = model
  if (purposes.length === 0) return <p class="soft">{t('campaigns.nothingChanged')}</p>
  return (
    <Form page={page} action="/dpo/campaigns">
      <input type="hidden" name="key" value={model.key} />
      <Select
        page={page}
        name="purpose"
        label={t('campaigns.purpose')}
        none={t('campaigns.choose')}
        value={fields.purpose}
        options={purposes.map(({ id, title }) => ({ value: id, words: title }))}
      />
      <TextInput
        page={page}
        name="opens"
        label={t('campaigns.opens')}
        type="date"
        value={fields.opens}
        autocomplete="off"
      />
      <TextInput
        page={page}
        name="closes"
        label={t('campaigns.closes')}
        type="date"
        value={fields.closes}
        autocomplete="off"
      />
      <Select
        page={page}
        name="cool_off"
        label={t('campaigns.coolOff')}
        value={fields.cool_off}
        options={coolOffs.map((value) => ({ value, words: t(`campaigns.coolOff.${value}`) }))}
      />
      <Button wide>{t('campaigns.save')}</Button>
    </Form>
  )
}

/** Asking again after a material change: what runs, what ran, and the next one. */
export const CampaignsView: View<CampaignsModel> = {
  id: 'staff/campaigns',
  title: (_, { t }) => t('campaigns.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('campaigns.title')}>
          <p class="lead">{t('campaigns.lead')}</p>
        </Heading>
        {model.campaigns.length === 0 && (
          <EmptyState icon="list" title={t('campaigns.empty')}>
            <p>{t('campaigns.emptyAbout')}</p>
          </EmptyState>
        )}
        {model.campaigns.map((one) => (
          <div key={one.id} class="card">
            <div class="card__head">
              <h2>
                <a href={one.href}>{one.title}</a>
              </h2>
              <CampaignTag page={page} state={one.state} />
            </div>
            <SummaryList
              rows={[
                {
                  label: t('campaign.window'),
                  value: t('campaign.windowOf', { opens: one.opensAt, closes: one.closesAt }),
                },
                ...(one.progress === undefined
                  ? []
                  : [
                      {
                        label: t('campaign.figures'),
                        value: (
                          <>
                            {t('campaign.asked', { ...one.progress })}{' '}
                            <span class="soft">{t('answers.countedAt', { at: one.progress.countedAt })}</span>
                          </>
                        ),
                      },
                    ]),
              ]}
            />
          </div>
        ))}
        <section class="stack" aria-labelledby="plan">
          <h2 id="plan">{t('campaigns.plan')}</h2>
          <Plan page={page} model={model} />
        </section>
      </>
    )
  },
}

import { hasMessage } from '../locales/translator.ts'
import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Details } from '../parts/details.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { ShareBar } from '../parts/share-bar.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { CampaignTag, type CampaignWord } from './campaigns.tsx'

export interface CampaignModel {
  readonly href: string
  readonly title: string
  readonly purposeHref: string
  readonly state: CampaignWord
  readonly version: number
  readonly opensAt: Date
  readonly closesAt: Date
  readonly coolOff: string
  readonly startedAt?: Date
  readonly endedAt?: Date
  /** How many it is about, once it began. */
  readonly audience?: number
  readonly toBeAsked: number
  /** Their older yes no longer counts, and they have not answered yet. */
  readonly unanswered: number
  /** People are still being decided again, so there are more than these. */
  readonly counting: boolean
  readonly asked: number
  readonly agreed: number
  readonly refused: number
  readonly putOff: number
}

/** A pause in words where it is one of ours, and else as it was written. */
const pause = (page: PageContext, coolOff: string): string => {
  const key = `campaigns.coolOff.${coolOff}`
  return hasMessage(key) ? page.t(key) : coolOff
}

function Figures({ page, model }: { page: PageContext; model: CampaignModel }) {
  const { t } = page
  const { asked, agreed, refused, putOff, audience } = model
  if (audience === undefined) return <p>{t('campaign.toBeAsked', { count: model.toBeAsked })}</p>
  return (
    <>
      <p>{t('campaign.asked', { asked, audience })}</p>
      <ShareBar
        page={page}
        caption={t('campaign.figuresCaption')}
        shares={[
          { words: t('campaign.agreed'), count: agreed, tone: 'first' },
          { words: t('campaign.refused'), count: refused, tone: 'second' },
          { words: t('campaign.putOff'), count: putOff, tone: 'third' },
          { words: t('campaign.waiting'), count: model.toBeAsked, tone: 'rest' },
        ]}
      />
      <p>{t('campaign.unanswered', { count: model.unanswered })}</p>
    </>
  )
}

export const CampaignView: View<CampaignModel> = {
  id: 'staff/campaign',
  title: (model, { t }) => t('campaign.title', { title: model.title }),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { audience, startedAt, endedAt } = model
    return (
      <>
        <BackLink href="/dpo/campaigns" words={t('campaign.back')} />
        <Heading title={t('campaign.title', { title: model.title })}>
          <CampaignTag page={page} state={model.state} />
        </Heading>
        <SummaryList
          rows={[
            {
              label: t('campaign.version'),
              value: <a href={model.purposeHref}>{t('purposes.versionOf', { version: model.version })}</a>,
            },
            {
              label: t('campaign.window'),
              value: t('campaign.windowOf', { opens: model.opensAt, closes: model.closesAt }),
            },
            { label: t('campaign.coolOff'), value: pause(page, model.coolOff) },
            {
              label: t('campaign.audience'),
              value:
                audience === undefined ? t('campaign.notYet') : t('campaign.peopleOf', { count: audience }),
            },
            ...(startedAt === undefined
              ? []
              : [{ label: t('campaign.startedAt'), value: t('page.moment', { at: startedAt }) }]),
            ...(endedAt === undefined
              ? []
              : [{ label: t('campaign.endedAt'), value: t('page.moment', { at: endedAt }) }]),
          ]}
        />
        <Card id="figures" title={t('campaign.figures')}>
          {model.counting && <p class="soft">{t('campaign.counting')}</p>}
          <Figures page={page} model={model} />
        </Card>
        {model.state === 'draft' && (
          <Form page={page} action={`${model.href}/start`}>
            <p id="start-about">{t('campaign.startAbout')}</p>
            <Button describedBy="start-about">{t('campaign.start')}</Button>
          </Form>
        )}
        {model.state === 'running' && (
          <Details summary={t('campaign.end')}>
            <p>{t('campaign.endAbout')}</p>
            <Form page={page} action={`${model.href}/end`}>
              <Button weight="even">{t('campaign.endNow')}</Button>
            </Form>
          </Details>
        )}
      </>
    )
  },
}

import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { ShareBar } from '../parts/share-bar.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Tag } from '../parts/tag.tsx'
import { type BasisWord, basesOf, channelsOf, type VersionState } from './purpose-words.ts'

/** People by what stands for them today; together they are everybody. */
export interface AnswersModel {
  readonly yes: number
  readonly no: number
  readonly nothing: number
  readonly countedAt: Date
}

export interface PurposeLineModel {
  readonly id: string
  readonly title: string
  readonly href: string
  readonly state: VersionState
  /** In force; undefined for one that was only drafted. */
  readonly version?: number
  readonly bases: readonly BasisWord[]
  readonly contactChannels: readonly ContactChannel[]
  readonly draftWaits: boolean
  /** Undefined where nobody is asked. */
  readonly answers?: AnswersModel | 'not-counted'
  /** With its numbers once they were counted. */
  readonly campaign?: { readonly href: string; readonly asked?: number; readonly audience?: number }
}

export interface PurposesModel {
  readonly purposes: readonly PurposeLineModel[]
  readonly newHref: string
  readonly exportHref: string
}

export const Answers = ({
  page,
  title,
  answers,
}: {
  page: PageContext
  title: string
  answers: AnswersModel | 'not-counted'
}) =>
  answers === 'not-counted' ? (
    <p class="soft">{page.t('answers.notCounted')}</p>
  ) : (
    <>
      <ShareBar
        page={page}
        caption={page.t('answers.caption', { title })}
        shares={[
          { words: page.t('answers.yes'), count: answers.yes, tone: 'first' },
          { words: page.t('answers.no'), count: answers.no, tone: 'second' },
          { words: page.t('answers.nothing'), count: answers.nothing, tone: 'rest' },
        ]}
      />
      <p class="soft small">{page.t('answers.countedAt', { at: answers.countedAt })}</p>
    </>
  )

export const StateTag = ({ page, state }: { page: PageContext; state: VersionState }) =>
  state === 'active' ? (
    <Tag tone="accent">{page.t('purposeState.active')}</Tag>
  ) : (
    <Tag>{page.t(`purposeState.${state}`)}</Tag>
  )

function Line({ page, line }: { page: PageContext; line: PurposeLineModel }) {
  const { t } = page
  const { campaign, version } = line
  const id = `purpose-${line.id.replaceAll('.', '-')}`
  return (
    <section class="card" aria-labelledby={id}>
      <div class="card__head">
        <h2 id={id}>
          <a href={line.href}>{line.title}</a>
        </h2>
        <StateTag page={page} state={line.state} />
      </div>
      <SummaryList
        rows={[
          { label: t('purposes.basis'), value: basesOf(page, line.bases) },
          { label: t('purposes.contactChannels'), value: channelsOf(page, line.contactChannels) },
          {
            label: t('purposes.version'),
            value: (
              <>
                {version ?? t('purposes.noVersion')}{' '}
                {line.draftWaits && <Tag tone="warn">{t('purposes.draftWaiting')}</Tag>}
              </>
            ),
          },
          ...(campaign === undefined
            ? []
            : [
                {
                  label: t('purposes.campaign'),
                  value: (
                    <a href={campaign.href}>
                      {campaign.asked === undefined || campaign.audience === undefined
                        ? t('campaignState.running')
                        : t('purposes.campaignState', {
                            asked: campaign.asked,
                            audience: campaign.audience,
                          })}
                    </a>
                  ),
                },
              ]),
        ]}
      />
      {line.answers ? (
        <Answers page={page} title={line.title} answers={line.answers} />
      ) : (
        line.state === 'active' && <p class="soft">{t('purposes.notAsked')}</p>
      )}
    </section>
  )
}

export const PurposesView: View<PurposesModel> = {
  id: 'staff/purposes',
  title: (_, { t }) => t('purposes.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('purposes.title')}>
          <p class="lead">{t('purposes.lead')}</p>
        </Heading>
        {model.purposes.length === 0 && (
          <EmptyState icon="list" title={t('purposes.empty')}>
            <p>{t('purposes.emptyAbout')}</p>
          </EmptyState>
        )}
        {model.purposes.map((line) => (
          <Line key={line.id} page={page} line={line} />
        ))}
        <div class="actions">
          <ButtonLink weight="even" href={model.newHref}>
            {t('purposes.new')}
          </ButtonLink>
          <ButtonLink weight="quiet" href={model.exportHref} icon="download" download>
            {t('purposes.export')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

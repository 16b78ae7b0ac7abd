import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { MessageKey } from '../locales/translator.ts'
import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Details } from '../parts/details.tsx'
import { Token } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, type SummaryRow, Values } from '../parts/summary-list.tsx'
import { Timeline } from '../parts/timeline.tsx'
import {
  type BasisWord,
  basesOf,
  channelsOf,
  inTongue,
  type SurfaceWord,
  type VersionState,
} from './purpose-words.ts'
import { Answers, type AnswersModel, StateTag } from './purposes.tsx'
import { type TextChangeModel, TextChanges, textName } from './text-change.tsx'

export interface TermsModel {
  readonly class: 'service' | 'security' | 'analytics' | 'personalisation' | 'marketing' | 'authority' | 'dsr'
  readonly bases: readonly BasisWord[]
  readonly contactChannels: readonly ContactChannel[]
  readonly data: readonly string[]
  /** Undefined where a yes covers whatever source there is. */
  readonly sources?: readonly string[]
  readonly recipients: readonly string[]
  readonly retention: string
  readonly howToStop: string
  readonly dpv: string
  readonly validity?: string
  readonly assessment?: { readonly reference?: string; readonly reviewBy: Date }
}

export interface NoticeModel {
  readonly id: string
  readonly version: number
  readonly language: string
  readonly surface: SurfaceWord
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly hash: string
}

export interface VersionModel {
  readonly version: number
  readonly state: VersionState
  readonly change: 'first' | 'editorial' | 'material'
  readonly publishedAt?: Date
  /** The version that was in force before it, and where the two are compared. */
  readonly before?: { readonly version: number; readonly href: string }
}

export interface PurposeModel {
  readonly id: string
  readonly title: string
  readonly state: VersionState
  readonly retiredAt?: Date
  readonly inForce?: { readonly version: number; readonly reconsentMin: number; readonly terms: TermsModel }
  readonly texts: readonly NoticeModel[]
  /** Newest first. */
  readonly versions: readonly VersionModel[]
  readonly answers?: AnswersModel | 'not-counted'
  /** People whose decision is on record; undefined until they were counted. */
  readonly decided?: number
  readonly difference?: {
    readonly before: number
    readonly after: number
    readonly changes: readonly TextChangeModel[]
  }
  /** What is being written; `revision` goes back with the discard, so that nothing newer is thrown away. */
  readonly draft?: { readonly savedAt: Date; readonly revision: string }
  /** Drafted by another way and left behind. */
  readonly stuckDraft?: number
  readonly href: string
}

/** What a version does, as rows. */
export function termsRows(page: PageContext, terms: TermsModel): readonly SummaryRow[] {
  const { t } = page
  const { assessment, validity } = terms
  const nobody = t('purpose.noRecipients')
  return [
    { label: t('purpose.class'), value: t(`purposeClass.${terms.class}`) },
    { label: t('purposes.basis'), value: basesOf(page, terms.bases) },
    { label: t('purposes.contactChannels'), value: channelsOf(page, terms.contactChannels) },
    { label: t('purpose.data'), value: <Values of={terms.data} /> },
    ...(terms.sources === undefined
      ? []
      : [{ label: t('purpose.sources'), value: <Values of={terms.sources} /> }]),
    {
      label: t('purpose.recipients'),
      value: terms.recipients.length === 0 ? nobody : <Values of={terms.recipients} />,
    },
    { label: t('purpose.retention'), value: terms.retention },
    { label: t('purpose.howToStop'), value: terms.howToStop },
    ...(validity === undefined ? [] : [{ label: t('purpose.validity'), value: validity }]),
    ...(assessment === undefined
      ? []
      : [
          {
            label: t('purpose.assessment'),
            value: t('purpose.assessmentOf', {
              reference: assessment.reference ?? t('purpose.noReference'),
              at: assessment.reviewBy,
            }),
          },
        ]),
    { label: t('purpose.dpv'), value: <span class="mono">{terms.dpv}</span> },
  ]
}

function Draft({ page, model }: { page: PageContext; model: PurposeModel }) {
  const { t } = page
  const { draft, stuckDraft, href } = model
  if (draft === undefined && stuckDraft === undefined) return null
  return (
    <Card id="draft" title={t('purpose.draft')} head={<StateTag page={page} state="draft" />}>
      {draft && (
        <>
          <p>{t('purpose.draftSavedAt', { at: draft.savedAt })}</p>
          <div class="actions">
            <ButtonLink href={`${href}/publish`}>{t('purpose.publishDraft')}</ButtonLink>
            <ButtonLink weight="even" href={`${href}/draft`}>
              {t('purpose.editDraft')}
            </ButtonLink>
            <ButtonLink weight="quiet" href={`${href}/preview`}>
              {t('purpose.previewDraft')}
            </ButtonLink>
          </div>
        </>
      )}
      {stuckDraft !== undefined && <p>{t('purpose.stuckDraft', { version: stuckDraft })}</p>}
      <Details summary={t('purpose.discardDraft')}>
        <p>{t('purpose.discardAbout')}</p>
        <form method="post" action={`${href}/discard`} novalidate>
          <Token page={page} />
          <input type="hidden" name="revision" value={draft?.revision ?? ''} />
          <Button weight="even">{t('purpose.discardNow')}</Button>
        </form>
      </Details>
    </Card>
  )
}

const changeWords: Readonly<Record<VersionModel['change'], MessageKey>> = {
  first: 'purpose.change.first',
  editorial: 'purpose.change.editorial',
  material: 'purpose.change.material',
}

const Versions = ({ page, versions }: { page: PageContext; versions: readonly VersionModel[] }) => (
  <section class="stack" aria-labelledby="versions">
    <h2 id="versions">{page.t('purpose.versions')}</h2>
    <Timeline
      entries={versions.map((one) => ({
        id: String(one.version),
        body: (
          <>
            <h3>{page.t('purpose.versionHead', { version: one.version })}</h3>
            <StateTag page={page} state={one.state} />
            <p>{page.t(changeWords[one.change])}</p>
            {one.publishedAt && (
              <p class="soft small">{page.t('purpose.publishedAt', { at: one.publishedAt })}</p>
            )}
            {one.before && (
              <ButtonLink weight="quiet" href={one.before.href}>
                {page.t('purpose.compare', { version: one.before.version })}
              </ButtonLink>
            )}
          </>
        ),
      }))}
    />
  </section>
)

const Text = ({ page, text }: { page: PageContext; text: NoticeModel }) => (
  <Details summary={textName(page, text)} about={text.title}>
    <h3 {...inTongue(page, text.language)}>{text.title}</h3>
    <p {...inTongue(page, text.language)}>{text.summary}</p>
    <p {...inTongue(page, text.language)}>{text.text}</p>
    <p class="soft">{page.t('purpose.noticeOf', { notice: text.id, version: text.version })}</p>
    <p class="soft mono">{text.hash}</p>
  </Details>
)

/** One purpose: what is in force, what is being written, and everything that ever was. */
export const PurposeView: View<PurposeModel> = {
  id: 'staff/purpose',
  title: (model) => model.title,
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { inForce, difference, href } = model
    const over = model.state === 'retired'
    return (
      <>
        <BackLink href="/dpo/purposes" words={t('purpose.back')} />
        <Heading title={model.title}>
          <p class="lead mono">{model.id}</p>
          <StateTag page={page} state={model.state} />
        </Heading>
        {model.retiredAt && (
          <Notice kind="warning">
            <p>{t('purpose.retiredAt', { at: model.retiredAt })}</p>
          </Notice>
        )}
        {difference && (
          <Card
            id="difference"
            title={t('purpose.difference', { before: difference.before, after: difference.after })}
          >
            <TextChanges page={page} changes={difference.changes} />
          </Card>
        )}
        <Draft page={page} model={model} />
        {inForce && (
          <Card
            id="in-force"
            title={t('purpose.inForce')}
            head={<Tagged page={page} version={inForce.version} />}
          >
            <SummaryList
              rows={[
                ...termsRows(page, inForce.terms),
                {
                  label: t('purpose.reconsentMin'),
                  value: t('purposes.versionOf', { version: inForce.reconsentMin }),
                },
              ]}
            />
            {model.answers ? (
              <Answers page={page} title={model.title} answers={model.answers} />
            ) : (
              <p class="soft">{t('purposes.notAsked')}</p>
            )}
            <h3>{t('purpose.texts')}</h3>
            {model.texts.map((text) => (
              <Text key={`${text.id}.${text.language}.${text.surface}`} page={page} text={text} />
            ))}
            <div class="actions">
              {!over && model.draft === undefined && (
                <>
                  <ButtonLink href={`${href}/draft`}>{t('purpose.write')}</ButtonLink>
                  <ButtonLink weight="even" href={`${href}/preview`}>
                    {t('purpose.preview')}
                  </ButtonLink>
                </>
              )}
              <ButtonLink weight="quiet" href={`${href}/dpv`} icon="download" download>
                {t('purpose.download')}
              </ButtonLink>
            </div>
          </Card>
        )}
        {model.versions.length > 0 && <Versions page={page} versions={model.versions} />}
        <Card id="kept" title={t('purpose.noDelete')}>
          <p>
            {model.decided === undefined
              ? ''
              : `${model.decided === 0 ? t('purpose.noneDecided') : t('purpose.decided', { count: model.decided })} `}
            {t('purpose.noDeleteAbout')}
          </p>
          {!over && inForce && (
            <div class="actions">
              <ButtonLink weight="quiet" href={`${href}/retire`}>
                {t('purpose.retire')}
              </ButtonLink>
            </div>
          )}
        </Card>
      </>
    )
  },
}

const Tagged = ({ page, version }: { page: PageContext; version: number }) => (
  <span class="tag">{page.t('purposes.versionOf', { version })}</span>
)

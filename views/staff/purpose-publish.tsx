import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Diff } from '../parts/diff.tsx'
import { FieldError, fieldError } from '../parts/errors.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { type FindingModel, FindingsSummary } from './findings.tsx'
import type { TermsModel } from './purpose.tsx'
import { basesOf, channelsOf } from './purpose-words.ts'
import { type TextChangeModel, TextChanges } from './text-change.tsx'

export interface PurposePublishModel {
  readonly title: string
  readonly version: number
  readonly before?: number
  readonly href: string
  readonly seen: string
  readonly impact: {
    readonly kind: 'new' | 'editorial' | 'material'
    readonly askedAgain: number
    readonly permittedToday: number
  }
  readonly findings: readonly FindingModel[]
  readonly changes: readonly TextChangeModel[]
  /** What is done, before and after; without a before, where it is new. */
  readonly terms: { readonly before?: TermsModel; readonly after: TermsModel }
}

function Impact({ page, impact }: { page: PageContext; impact: PurposePublishModel['impact'] }) {
  const { t } = page
  const { kind, askedAgain, permittedToday } = impact
  return (
    <Notice kind={kind === 'material' ? 'warning' : 'info'}>
      {kind === 'material' ? (
        <>
          <p class="figure">{t('publish.askedAgain', { count: askedAgain })}</p>
          <p>{t('publish.askedAgainAbout')}</p>
        </>
      ) : (
        <p>{t(`publish.kind.${kind}`)}</p>
      )}
      {kind !== 'new' && <p class="soft">{t('publish.permittedToday', { count: permittedToday })}</p>}
    </Notice>
  )
}

/** What is done, in words that can be held against each other. */
const toldOf = (page: PageContext, terms: TermsModel): readonly (readonly [string, string])[] => [
  [page.t('purposes.basis'), basesOf(page, terms.bases)],
  [page.t('purposes.contactChannels'), channelsOf(page, terms.contactChannels)],
  [page.t('purpose.data'), terms.data.join(' · ')],
  [page.t('purpose.sources'), terms.sources?.join(' · ') ?? page.t('purpose.anySource')],
  [page.t('purpose.recipients'), terms.recipients.join(' · ') || page.t('purpose.noRecipients')],
  [page.t('purpose.retention'), terms.retention],
  [page.t('purpose.howToStop'), terms.howToStop],
]

function Terms({ page, terms }: { page: PageContext; terms: PurposePublishModel['terms'] }) {
  const before = new Map(toldOf(page, terms.before ?? terms.after))
  return (
    <>
      <h3>{page.t('publish.terms')}</h3>
      <SummaryList
        rows={toldOf(page, terms.after).map(([label, after]) => ({
          label,
          value: <Diff page={page} of={{ before: before.get(label) ?? after, after }} />,
        }))}
      />
    </>
  )
}

function Despite({ page }: { page: PageContext }) {
  const error = fieldError(page, 'despite')
  return (
    <div class="field">
      <FieldError id="despite-error" words={error} />
      <label class="check">
        <input
          type="checkbox"
          id="despite"
          name="despite"
          value="yes"
          {...(error ? { 'aria-describedby': 'despite-error', 'aria-invalid': 'true' as const } : {})}
        />
        <span>{page.t('publish.despite')}</span>
      </label>
    </div>
  )
}

/** The last look before a version counts: how many it touches, what changes, what was found. */
export const PurposePublishView: View<PurposePublishModel> = {
  id: 'staff/purpose-publish',
  title: (model, { t }) => t('publish.title', { title: model.title, version: model.version }),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.href} words={t('preview.back')} />
        <Heading title={t('publish.title', { title: model.title, version: model.version })} />
        <Impact page={page} impact={model.impact} />
        {model.findings.length > 0 && (
          <FindingsSummary page={page} findings={model.findings} linked={false} />
        )}
        <Card
          id="changes"
          title={
            model.before === undefined
              ? t('purpose.change.first')
              : t('purpose.draftDifference', { version: model.before })
          }
        >
          <TextChanges page={page} changes={model.changes} />
          <Terms page={page} terms={model.terms} />
        </Card>
        <Form page={page} action={`${model.href}/publish`}>
          <input type="hidden" name="seen" value={model.seen} />
          {model.findings.length > 0 && <Despite page={page} />}
          <div class="actions">
            <Button>{t('publish.now')}</Button>
            <ButtonLink weight="even" href={`${model.href}/preview`}>
              {t('purpose.previewDraft')}
            </ButtonLink>
            <ButtonLink weight="quiet" href={model.href}>
              {t('publish.back')}
            </ButtonLink>
          </div>
        </Form>
      </>
    )
  },
}

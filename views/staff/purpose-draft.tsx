import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { Radios } from '../parts/radios.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { TextArea } from '../parts/text-area.tsx'
import { type FindingModel, FindingsHere, FindingsSummary } from './findings.tsx'
import { type TermsModel, termsRows } from './purpose.tsx'
import { inTongue, languageName, type SurfaceWord } from './purpose-words.ts'
import { textName } from './text-change.tsx'

export const noticeParts = ['title', 'summary', 'text'] as const
export const termParts = ['retention', 'howToStop'] as const

export interface DraftTextModel {
  /** Its place in the document; the fields are `title.<place>`, `summary.<place>` and `text.<place>`. */
  readonly place: number
  readonly language: string
  readonly surface: SurfaceWord
  /** The words in force, to write beside; or those that somebody else has stored meanwhile. */
  readonly before?: { readonly title: string; readonly summary: string; readonly text: string }
}

export interface PurposeDraftModel {
  readonly title: string
  readonly href: string
  readonly documentHref: string
  /** Everything as it was typed or is stored, by the name of its field. */
  readonly values: Readonly<Record<string, string>>
  readonly texts: readonly DraftTextModel[]
  /** Languages of `retention.<language>` and `howToStop.<language>`. */
  readonly languages: readonly string[]
  readonly terms: TermsModel
  readonly findings: readonly FindingModel[]
  /** True where what is shown is stored: then the linter's word stands on top. */
  readonly saved: boolean
  /** What `before` is. */
  readonly beside: 'in-force' | 'stored'
  /** Places that have no words yet; their words are added by a button that saves the rest. */
  readonly addable: readonly SurfaceWord[]
}

const rowsOf = { title: 1, summary: 3, text: 8, retention: 2, howToStop: 2 } as const

function Words(props: {
  page: PageContext
  model: PurposeDraftModel
  part: keyof typeof rowsOf
  name: string
  language: string
  before?: string | undefined
}) {
  const { page, model, part, name, language, before } = props
  const findings = model.findings.filter(({ field }) => field === name)
  const words = model.values[name] ?? ''
  const changed = before !== undefined && before !== words
  return (
    <TextArea
      page={page}
      name={name}
      label={page.t('draft.fieldOf', {
        part: page.t(`draft.part.${part}`),
        language: languageName(page, language),
      })}
      value={words}
      rows={rowsOf[part]}
      {...inTongue(page, language)}
      below={
        (findings.length > 0 || changed) && (
          <>
            <FindingsHere page={page} findings={findings} />
            {changed && (
              <p class="small soft">
                {page.t(`draft.before.${model.beside}`)}: <span {...inTongue(page, language)}>{before}</span>
              </p>
            )}
          </>
        )
      }
    />
  )
}

/** The next version, word by word. Fields keep what was typed whatever becomes of the form. */
export const PurposeDraftView: View<PurposeDraftModel> = {
  id: 'staff/purpose-draft',
  title: (model, { t }) => t('draft.title', { title: model.title }),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.href} words={t('preview.back')} />
        <Heading title={t('draft.title', { title: model.title })}>
          <p class="lead">{t('draft.lead')}</p>
        </Heading>
        {model.saved && model.findings.length > 0 && (
          <FindingsSummary page={page} findings={model.findings} linked about={t('draft.findingsAbout')} />
        )}
        {model.saved && model.findings.length === 0 && (
          <Notice kind="success">
            <p>{t('draft.noFindings')}</p>
          </Notice>
        )}
        <Form page={page} action={`${model.href}/draft`}>
          <input type="hidden" name="seen" value={model.values['seen'] ?? ''} />
          <Radios
            page={page}
            name="change"
            label={t('draft.change')}
            options={(['editorial', 'material'] as const).map((value) => ({
              value,
              words: t(`draft.change.${value}`),
              about: t(`draft.change.${value}About`),
            }))}
            value={model.values['change'] ?? ''}
          />
          {model.texts.map((text) => (
            <section key={text.place} class="card" aria-labelledby={`text-${text.place}`}>
              <h2 id={`text-${text.place}`}>{textName(page, text)}</h2>
              {noticeParts.map((part) => (
                <Words
                  key={part}
                  page={page}
                  model={model}
                  part={part}
                  name={`${part}.${text.place}`}
                  language={text.language}
                  before={text.before?.[part]}
                />
              ))}
            </section>
          ))}
          <section class="card" aria-labelledby="terms">
            <h2 id="terms">{t('draft.terms')}</h2>
            {termParts.flatMap((part) =>
              model.languages.map((language) => (
                <Words
                  key={`${part}.${language}`}
                  page={page}
                  model={model}
                  part={part}
                  name={`${part}.${language}`}
                  language={language}
                />
              )),
            )}
          </section>
          <Details summary={t('draft.scope')}>
            <SummaryList rows={termsRows(page, model.terms)} />
            <p>{t('draft.scopeAbout')}</p>
            <ButtonLink weight="quiet" href={model.documentHref}>
              {t('draft.document')}
            </ButtonLink>
          </Details>
          <Button wide>{t('draft.save')}</Button>
          {model.addable.length > 0 && (
            <section class="card" aria-labelledby="more-places">
              <h2 id="more-places">{t('draft.morePlaces')}</h2>
              <p>{t('draft.morePlacesAbout')}</p>
              <div class="actions">
                {model.addable.map((surface) => (
                  <Button key={surface} weight="even" id={`add-${surface}`} name="add" value={surface}>
                    {t('draft.addFor', { surface: t(`surface.${surface}`) })}
                  </Button>
                ))}
              </div>
            </section>
          )}
        </Form>
      </>
    )
  },
}

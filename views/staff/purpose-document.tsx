import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { TextArea } from '../parts/text-area.tsx'

export interface PurposeDocumentModel {
  readonly document: string
  readonly seen: string
  readonly action: string
  readonly backHref: string
  /** Where in the document, and what is wrong there, in the words of the schema. */
  readonly problems: readonly string[]
}

/** The whole of the next version, for whoever would rather paste it than type it. */
export const PurposeDocumentView: View<PurposeDocumentModel> = {
  id: 'staff/purpose-document',
  title: (_, { t }) => t('document.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.backHref} words={t('page.back')} />
        <Heading title={t('document.title')}>
          <p class="lead">{t('document.lead')}</p>
        </Heading>
        {model.problems.length > 0 && (
          <Notice kind="warning">
            <h2>{t('document.problems')}</h2>
            <ul>
              {model.problems.map((problem) => (
                <li key={problem} class="mono" lang="en">
                  {problem}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <Form page={page} action={model.action}>
          <input type="hidden" name="seen" value={model.seen} />
          <TextArea
            page={page}
            name="document"
            label={t('document.field')}
            hint={t('document.hint')}
            value={model.document}
            rows={24}
            mono
          />
          <Button wide>{t('document.save')}</Button>
        </Form>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import type { SavedChoice } from '../sign-in/saved-choices.tsx'
import { answersByPurpose } from '../sign-in/saved-choices.tsx'
import { VisitEnd } from './visit-end.tsx'

export interface KioskReviewModel {
  readonly choices: readonly SavedChoice[]
  /** The form as it was, to be sent again. */
  readonly fields: readonly { readonly name: string; readonly value: string }[]
  readonly live: boolean
}

/** A finger slips easily on a large screen: nothing counts before this page. `decide` = `save` | `change`. */
export const KioskReviewView: View<KioskReviewModel> = {
  id: 'kiosk/review',
  title: (_, { t }) => t('kioskReview.title'),
  layout: 'kiosk',
  modules: ['kiosk-visit'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('kioskReview.title')}>
          <p class="lead">{t('kioskReview.lead')}</p>
        </Heading>
        <SummaryList rows={answersByPurpose(model.choices, page)} />
        <Form page={page}>
          {model.fields.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button wide name="decide" value="save">
            {t('kioskReview.save')}
          </Button>
          <Button wide weight="even" name="decide" value="change">
            {t('kioskReview.change')}
          </Button>
        </Form>
        <VisitEnd page={page} live={model.live} />
      </>
    )
  },
}

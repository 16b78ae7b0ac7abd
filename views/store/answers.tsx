import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonPair } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'

export interface StoreAnswersModel {
  readonly purposes: readonly PurposeCardModel[]
}

/** The questions as they are asked everywhere: none answered beforehand, yes and no alike. */
export function Questions(props: { page: PageContext; purposes: readonly PurposeCardModel[]; save: string }) {
  const { page, purposes, save } = props
  const { t } = page
  return (
    <>
      {purposes.map((purpose) => (
        <PurposeCard key={purpose.id} page={page} purpose={purpose} />
      ))}
      <p id="unanswered">{t('storeAnswers.unanswered')}</p>
      <Button wide name="decide" value="save" describedBy="unanswered">
        {save}
      </Button>
      <p class="or">{t('preferences.allAtOnce')}</p>
      <ButtonPair
        name="all"
        first={{ value: 'yes', words: t('preferences.acceptAll') }}
        second={{ value: 'no', words: t('preferences.refuseAll') }}
      />
    </>
  )
}

/** On the customer's own phone, before their address is proven: it says nothing about them. */
export const StoreAnswersView: View<StoreAnswersModel> = {
  id: 'store/answers',
  title: ({ purposes }, { t }) => t(purposes.length === 0 ? 'storeAnswers.none' : 'storeAnswers.title'),
  layout: 'sign-in',
  wide: true,
  body: ({ model: { purposes }, page }) => {
    const { t } = page
    const empty = purposes.length === 0
    return (
      <>
        <Heading title={t(empty ? 'storeAnswers.none' : 'storeAnswers.title')}>
          <p class="lead">{t(empty ? 'storeAnswers.noneAbout' : 'storeAnswers.lead')}</p>
        </Heading>
        <Form page={page}>
          {empty ? (
            <Button wide name="decide" value="save">
              {t('storeAnswers.goOn')}
            </Button>
          ) : (
            <Questions page={page} purposes={purposes} save={t('storeAnswers.save')} />
          )}
        </Form>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { Button, ButtonPair } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'
import type { KioskPlace } from './phone-confirm.tsx'
import { VisitEnd } from './visit-end.tsx'

export interface KioskChoicesModel {
  /** Always unanswered: nothing is preset, and nobody who looks on learns what was answered before. */
  readonly purposes: readonly PurposeCardModel[]
  readonly place?: KioskPlace | undefined
  readonly guardianUntilAge?: number
  readonly live: boolean
  /** The question whether anybody is still there stands open. */
  readonly warning?: boolean
}

/**
 * Fields: those of a form of choices (`choice.<key>`, `shown.<key>`, `was.<key>`), and the button `all` = `yes` | `no` or
 * `decide` = `review`. What is left alone stays as it was, and the page says so.
 */
export const KioskChoicesView: View<KioskChoicesModel> = {
  id: 'kiosk/choices',
  title: (_, { t }) => t('kioskChoices.title'),
  layout: 'kiosk',
  modules: ['kiosk-visit'],
  body: ({ model, page }) => {
    const { t } = page
    const none = model.purposes.length === 0
    return (
      <>
        <Heading title={t(none ? 'kioskChoices.none' : 'kioskChoices.title')}>
          <p class="lead">{t(none ? 'kioskChoices.noneLead' : 'kioskChoices.lead')}</p>
        </Heading>
        {model.guardianUntilAge !== undefined && (
          <Notice kind="info">
            <p>{t('guardianState.too-young', { age: model.guardianUntilAge })}</p>
          </Notice>
        )}
        {!none && (
          <Form page={page}>
            {model.purposes.map((purpose) => (
              <PurposeCard key={purpose.id} page={page} purpose={purpose} />
            ))}
            <p id="unanswered">{t('kioskChoices.unanswered')}</p>
            <Button wide name="decide" value="review" describedBy="unanswered">
              {t('kioskChoices.review')}
            </Button>
            <p class="or">{t('preferences.allAtOnce')}</p>
            <ButtonPair
              name="all"
              first={{ value: 'yes', words: t('preferences.acceptAll') }}
              second={{ value: 'no', words: t('preferences.refuseAll') }}
            />
          </Form>
        )}
        {model.place && (
          <p class="small soft">
            {t('kioskChoices.where', { kiosk: model.place.label, store: model.place.store })}
          </p>
        )}
        <VisitEnd page={page} live={model.live} warning={model.warning} />
      </>
    )
  },
}

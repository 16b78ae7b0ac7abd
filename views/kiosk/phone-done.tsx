import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import type { KioskPlace } from './phone-confirm.tsx'

export interface PhoneDoneModel {
  readonly userCode: string
  readonly place: KioskPlace
}

/** Fields: `user_code` and the button `decision` = `report`. Whoever said yes too fast can take it back here. */
export const PhoneDoneView: View<PhoneDoneModel> = {
  id: 'kiosk/phone-done',
  title: (_, { t }) => t('phoneDone.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { label, store } = model.place
    return (
      <>
        <Heading title={t('phoneDone.title')} icon="check">
          <p class="lead">{t('phoneDone.lead', { kiosk: label, store })}</p>
        </Heading>
        <p>{t('phoneDone.ends')}</p>
        <Form page={page} action="/device/answer">
          <input type="hidden" name="user_code" value={model.userCode} />
          <Button weight="even" wide name="decision" value="report">
            {t('phoneDone.report')}
          </Button>
        </Form>
      </>
    )
  },
}

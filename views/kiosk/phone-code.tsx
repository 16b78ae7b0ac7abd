import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface PhoneCodeModel {
  /** What the person typed; empty at first. */
  readonly typed: string
}

/** Fields: `user_code`. For whose camera does not read the code on the screen. */
export const PhoneCodeView: View<PhoneCodeModel> = {
  id: 'kiosk/phone-code',
  title: (_, { t }) => t('phoneCode.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('phoneCode.title')}>
          <p class="lead">{t('phoneCode.lead')}</p>
        </Heading>
        <Form page={page} action="/device">
          <TextInput
            page={page}
            name="user_code"
            label={t('phoneCode.label')}
            hint={t('phoneCode.hint')}
            value={model.typed}
            autocomplete="off"
            spellcheck={false}
            focus
          />
          <Button wide>{t('phoneCode.go')}</Button>
        </Form>
        <p class="small soft">{t('phoneCode.notSent')}</p>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PasskeyForm, type PasskeyOffer, WithoutPasskeys } from '../parts/passkey-form.tsx'

export interface StaffSignInModel {
  readonly passkeys: PasskeyOffer
  /** Where an enrolment code is posted, as `enrolment_code`. */
  readonly enrolmentAction: string
}

/** Staff sign in with a passkey and nothing weaker; the first one is made with a one-time enrolment code. */
export const StaffSignInView: View<StaffSignInModel> = {
  id: 'staff/sign-in',
  title: (_, { t }) => t('staffSignIn.title'),
  layout: 'staff',
  modules: ['passkey'],
  body: ({ model, page }) => {
    const { t } = page
    const wrong = (page.fieldErrors ?? []).some(({ field }) => field === 'enrolment_code')
    return (
      <>
        <Heading title={t('staffSignIn.title')}>
          <p class="lead">{t('staffSignIn.lead')}</p>
        </Heading>
        <PasskeyForm
          page={page}
          ceremony="sign-in"
          offer={model.passkeys}
          words={t('staffSignIn.usePasskey')}
          weight="main"
        />
        <WithoutPasskeys words={t('staffSignIn.withoutPasskeys')} />
        <Details summary={t('staffSignIn.firstTime')} open={wrong}>
          <Form page={page} action={model.enrolmentAction}>
            <TextInput
              page={page}
              name="enrolment_code"
              label={t('staffSignIn.enrolmentCode')}
              hint={t('staffSignIn.enrolmentHint')}
              autocomplete="one-time-code"
              spellcheck={false}
            />
            <Button weight="even" wide>
              {t('staffSignIn.enrol')}
            </Button>
          </Form>
        </Details>
      </>
    )
  },
}

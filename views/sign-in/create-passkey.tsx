import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PasskeyForm, type PasskeyOffer, WithoutPasskeys } from '../parts/passkey-form.tsx'

export interface CreatePasskeyModel extends PasskeyOffer {
  /** Where "Ahora no" posts to. */
  readonly skipAction: string
  /** Right after a password sign-in the browser may make one without asking. */
  readonly silent?: boolean
}

/** Fields: `response`, and `automatic` = `1` when the browser made it by itself. Saying no costs as many clicks as saying yes. */
export const CreatePasskeyView: View<CreatePasskeyModel> = {
  id: 'sign-in/create-passkey',
  title: (_, { t }) => t('createPasskey.title'),
  layout: 'sign-in',
  modules: ['passkey'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('createPasskey.title')} icon="passkey">
          <p class="lead">{t('createPasskey.lead')}</p>
        </Heading>
        <Details summary={t('createPasskey.what')}>
          <p>{t('createPasskey.explained')}</p>
          <p>{t('createPasskey.private')}</p>
        </Details>
        <WithoutPasskeys words={t('createPasskey.without')} />
        <div class="stack stack--close">
          <PasskeyForm
            page={page}
            ceremony="create"
            offer={model}
            words={t('createPasskey.create')}
            iconless
            silent={model.silent ?? false}
          />
          <Form page={page} action={model.skipAction} class="stack stack--close">
            <Button weight="even" wide>
              {t('createPasskey.notNow')}
            </Button>
          </Form>
        </div>
        <p class="small soft">{t('createPasskey.later')}</p>
      </>
    )
  },
}

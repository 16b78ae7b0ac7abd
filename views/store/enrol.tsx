import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { LanguageField, StoreField, type StoreOption } from './store-field.tsx'

export interface StoreEnrolModel {
  readonly action: string
  readonly homeHref: string
  readonly stores: readonly StoreOption[]
  readonly fields: { readonly email: string; readonly language: string; readonly store: string }
}

/** An address and a language: nothing else about anybody is typed by staff, and no answer is. */
export const StoreEnrolView: View<StoreEnrolModel> = {
  id: 'store/enrol',
  title: (_, { t }) => t('store.enrol.title'),
  layout: 'staff',
  body: ({ model, page }) => {
    const { t } = page
    const { fields } = model
    return (
      <>
        <BackLink href={model.homeHref} words={t('store.back')} />
        <Heading title={t('store.enrol.title')}>
          <p class="lead">{t('store.enrol.lead')}</p>
        </Heading>
        <Form page={page} action={model.action}>
          <TextInput
            page={page}
            name="email"
            label={t('store.enrol.email')}
            type="email"
            inputmode="email"
            autocomplete="off"
            spellcheck={false}
            value={fields.email}
          />
          <LanguageField page={page} label={t('store.enrol.language')} value={fields.language} />
          <StoreField page={page} stores={model.stores} value={fields.store} />
          <Notice kind="info">
            <p>{t('store.enrol.consent')}</p>
          </Notice>
          <Button wide>{t('store.enrol.send')}</Button>
        </Form>
      </>
    )
  },
}

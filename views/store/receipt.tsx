import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { LanguageField, StoreField, type StoreOption } from './store-field.tsx'

export interface StoreReceiptModel {
  readonly action: string
  readonly homeHref: string
  readonly stores: readonly StoreOption[]
  readonly fields: {
    readonly email: string
    readonly reference: string
    readonly total: string
    readonly language: string
    readonly store: string
  }
}

/** A receipt by mail, and no box beside it: what the address is for is said, and nothing else is asked. */
export const StoreReceiptView: View<StoreReceiptModel> = {
  id: 'store/receipt',
  title: (_, { t }) => t('store.receipt.title'),
  layout: 'staff',
  body: ({ model, page }) => {
    const { t } = page
    const { fields } = model
    const plain = { page, autocomplete: 'off', spellcheck: false } as const
    return (
      <>
        <BackLink href={model.homeHref} words={t('store.back')} />
        <Heading title={t('store.receipt.title')}>
          <p class="lead">{t('store.receipt.lead')}</p>
        </Heading>
        <Form page={page} action={model.action}>
          <TextInput
            {...plain}
            name="email"
            label={t('store.receipt.email')}
            type="email"
            inputmode="email"
            value={fields.email}
          />
          <TextInput
            {...plain}
            name="reference"
            label={t('store.receipt.reference')}
            hint={t('store.receipt.referenceHint')}
            value={fields.reference}
          />
          <TextInput
            {...plain}
            name="total"
            label={t('store.receipt.total')}
            hint={t('store.receipt.totalHint')}
            inputmode="text"
            value={fields.total}
          />
          <LanguageField page={page} label={t('store.receipt.language')} value={fields.language} />
          <StoreField page={page} stores={model.stores} value={fields.store} />
          <Button wide>{t('store.receipt.send')}</Button>
        </Form>
      </>
    )
  },
}

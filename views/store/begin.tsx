import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface StoreBeginModel {
  readonly store: string
}

/** What the code at the counter leads to. Opening it takes nothing up: cameras and scanners open addresses. */
export const StoreBeginView: View<StoreBeginModel> = {
  id: 'store/begin',
  title: ({ store }, { t }) => t('storeBegin.title', { store }),
  layout: 'sign-in',
  body: ({ model: { store }, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('storeBegin.title', { store })}>
          <p class="lead">{t('storeBegin.lead')}</p>
        </Heading>
        <p>{t('storeBegin.alone')}</p>
        <Form page={page}>
          <Button wide>{t('storeBegin.go')}</Button>
        </Form>
        <p class="small soft">{t('storeBegin.not', { store })}</p>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'

/** The same whatever the address is: whoever reads its mail learns what comes next. */
export const StoreAnsweredView: View<Readonly<Record<string, never>>> = {
  id: 'store/answered',
  title: (_, { t }) => t('storeAnswered.title'),
  layout: 'sign-in',
  body: ({ page: { t } }) => (
    <>
      <Heading title={t('storeAnswered.title')} icon="mail">
        <p class="lead">{t('storeAnswered.lead')}</p>
      </Heading>
      <p>{t('storeAnswered.days')}</p>
      <p class="small soft">{t('storeAnswered.no')}</p>
    </>
  ),
}

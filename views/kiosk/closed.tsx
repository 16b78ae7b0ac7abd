import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

/** The last page of a visit. It knows nobody any more, and gives way to the first one by itself. */
export const KioskClosedView: View<{ readonly live: { readonly now: Date } | undefined }> = {
  id: 'kiosk/closed',
  title: (_, { t }) => t('kioskClosed.title'),
  layout: 'kiosk',
  modules: ['kiosk-closed'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <div
        class="stack stack--loose"
        {...(model.live
          ? { 'data-kiosk': 'closed', 'data-now': String(model.live.now.getTime()), 'data-closed': '10' }
          : {})}
      >
        <Heading title={t('kioskClosed.title')} icon="check">
          <p class="lead">{t('kioskClosed.lead')}</p>
        </Heading>
        <ButtonLink wide weight="even" href="/kiosk">
          {t('kioskClosed.begin')}
        </ButtonLink>
      </div>
    )
  },
}

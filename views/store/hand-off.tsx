import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'
import { QrCode } from './qr-code.tsx'

export interface StoreHandOffModel {
  /** What the code leads to. */
  readonly address: string
  readonly until: Date
  readonly anotherHref: string
  readonly homeHref: string
}

/** The same for every address, so that it tells nobody who has an account. It names nobody: others look on. */
export const StoreHandOffView: View<StoreHandOffModel> = {
  id: 'store/hand-off',
  title: (_, { t }) => t('store.handOff.title'),
  layout: 'staff',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('store.handOff.title')}>
          <p class="lead">{t('store.handOff.lead')}</p>
        </Heading>
        <div class="qr-box">
          <QrCode text={model.address} label={t('store.handOff.qr')} />
        </div>
        <p>{t('store.handOff.until', { until: model.until })}</p>
        <p class="soft">{t('store.handOff.address')}</p>
        <div class="actions">
          <ButtonLink weight="even" href={model.anotherHref}>
            {t('store.handOff.another')}
          </ButtonLink>
          <ButtonLink weight="quiet" href={model.homeHref}>
            {t('store.back')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

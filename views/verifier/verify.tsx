import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'
import { Verdict, type VerdictModel } from './verdict.tsx'
import { VerifyForm } from './verify-form.tsx'

export interface VerifyModel {
  /** The house's public keys as a JWKS, retired ones included: what a receipt is held against. */
  readonly keys: string
  readonly receipt?: string | undefined
  /** Checked by the server, for whoever has no script. */
  readonly verdict?: VerdictModel | undefined
  readonly keysHref: string
  readonly offlineHref: string
}

/** Anybody may hold the house to a receipt, without an account and without telling the house. */
export const VerifyView: View<VerifyModel> = {
  id: 'verifier/verify',
  title: (_, { t }) => t('verify.title'),
  layout: 'plain',
  modules: ['verify-receipt'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('verify.title')} icon="shield">
          <p class="lead">{t('verify.lead')}</p>
          <noscript>
            <p>{t('verify.withoutScript')}</p>
          </noscript>
        </Heading>
        <VerifyForm page={page} keys={model.keys} receipt={model.receipt} />
        <section class="stack" data-verdict tabindex={-1} aria-live="polite" aria-label={t('verify.result')}>
          {model.verdict && <Verdict page={page} verdict={model.verdict} />}
        </section>
        <div class="actions">
          <ButtonLink weight="quiet" href={model.offlineHref} icon="download" download>
            {t('verify.offline')}
          </ButtonLink>
          <ButtonLink weight="quiet" href={model.keysHref}>
            {t('verify.publishedKeys')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

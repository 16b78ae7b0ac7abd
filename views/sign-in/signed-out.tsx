import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

export interface SignedOutModel {
  /** Applications that were told. */
  readonly apps: readonly string[]
  readonly back?: { readonly href: string; readonly clientName: string }
}

export const SignedOutView: View<SignedOutModel> = {
  id: 'sign-in/signed-out',
  title: (_, { t }) => t('signedOut.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('signedOut.title')} icon="check">
          <p class="lead">{t('signedOut.lead')}</p>
        </Heading>
        {model.apps.length > 0 && (
          <section class="stack stack--close" aria-labelledby="told">
            <h2 id="told">{t('signedOut.told')}</h2>
            <ul>
              {model.apps.map((app) => (
                <li key={app}>{app}</li>
              ))}
            </ul>
          </section>
        )}
        <p class="small soft">{t('signedOut.sharedDevice')}</p>
        {model.back && (
          <ButtonLink wide weight="even" href={model.back.href}>
            {t('signedOut.back', { client: model.back.clientName })}
          </ButtonLink>
        )}
      </>
    )
  },
}

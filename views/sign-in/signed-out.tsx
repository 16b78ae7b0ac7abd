import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

export interface SignedOutModel {
  /** Applications that were told. */
  readonly apps: readonly string[]
  /** The one application that was left, while the session goes on in the others. */
  readonly only?: { readonly clientName: string; readonly signOutHref: string }
  readonly back?: { readonly href: string; readonly clientName: string }
}

export const SignedOutView: View<SignedOutModel> = {
  id: 'sign-in/signed-out',
  title: ({ only }, { t }) =>
    only ? t('signedOut.onlyTitle', { client: only.clientName }) : t('signedOut.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { only } = model
    return (
      <>
        {only ? (
          <Heading title={t('signedOut.onlyTitle', { client: only.clientName })} icon="check">
            <p class="lead">{t('signedOut.onlyLead', { client: only.clientName })}</p>
          </Heading>
        ) : (
          <Heading title={t('signedOut.title')} icon="check">
            <p class="lead">{t('signedOut.lead')}</p>
          </Heading>
        )}
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
        {only ? (
          <ButtonLink wide weight="even" href={only.signOutHref}>
            {t('signOut.all')}
          </ButtonLink>
        ) : (
          <p class="small soft">{t('signedOut.sharedDevice')}</p>
        )}
        {model.back && (
          <ButtonLink wide weight="even" href={model.back.href}>
            {t('signedOut.back', { client: model.back.clientName })}
          </ButtonLink>
        )}
      </>
    )
  },
}

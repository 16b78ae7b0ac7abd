import { say, type View, type Words } from '../page-context.ts'
import { ButtonPair } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface SharedClaim {
  readonly id: string
  readonly label: Words
  /** What would be shared now; absent when we know nothing yet. */
  readonly value?: string
  readonly optional: boolean
}

export interface AuthorizeClientModel {
  readonly client: { readonly name: string; readonly domain: string; readonly privacyHref?: string }
  readonly claims: readonly SharedClaim[]
  readonly purpose: string
  readonly duration: string
}

/** Fields: `claim`, once per optional one that was ticked, and the button `decision` = `share` | `refuse`. */
export const AuthorizeClientView: View<AuthorizeClientModel> = {
  id: 'sign-in/authorize-client',
  title: (model, { t }) => t('authorizeClient.title', { client: model.client.name }),
  layout: 'sign-in',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { client } = model
    const needed = model.claims.filter(({ optional }) => !optional)
    const optional = model.claims.filter((claim) => claim.optional)
    const shown = ({ value }: SharedClaim) => value ?? t('authorizeClient.noValue')
    return (
      <>
        <Heading title={t('authorizeClient.title', { client: client.name })} icon="share">
          <p class="lead">{t('authorizeClient.lead', { domain: client.domain })}</p>
        </Heading>
        <Form page={page}>
          {needed.length > 0 && (
            <section class="stack stack--close" aria-labelledby="needed">
              <h2 id="needed">{t('authorizeClient.needed')}</h2>
              <SummaryList
                rows={needed.map((claim) => ({ label: say(page, claim.label), value: shown(claim) }))}
              />
            </section>
          )}
          {optional.length > 0 && (
            <fieldset class="stack stack--close">
              <legend>
                <strong>{t('authorizeClient.optional')}</strong>
              </legend>
              {optional.map((claim) => (
                <label key={claim.id} class="check">
                  <input type="checkbox" name="claim" value={claim.id} />
                  <span>
                    {say(page, claim.label)}:{' '}
                    {claim.value ? <strong>{claim.value}</strong> : <span class="soft">{shown(claim)}</span>}
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          <Details summary={t('purpose.more')}>
            <SummaryList
              rows={[
                { label: t('authorizeClient.purpose'), value: model.purpose },
                { label: t('authorizeClient.duration'), value: model.duration },
                { label: t('purpose.howToStop'), value: t('authorizeClient.howToStop') },
              ]}
            />
            {client.privacyHref && (
              <p>
                <a href={client.privacyHref} rel="noopener noreferrer">
                  {t('authorizeClient.theirNotice', { client: client.name })}
                </a>
              </p>
            )}
          </Details>
          <ButtonPair
            name="decision"
            first={{ value: 'share', words: t('authorizeClient.share') }}
            second={{ value: 'refuse', words: t('authorizeClient.refuse') }}
          />
          <p class="small soft">{t('authorizeClient.ifRefused', { client: client.name })}</p>
        </Form>
      </>
    )
  },
}

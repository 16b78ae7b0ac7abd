import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface SignOutModel {
  /** The application that asked; absent when the person came by themselves. */
  readonly clientName?: string
  /** Applications that share this session. */
  readonly apps: readonly string[]
  readonly cancelHref?: string
  /** Hidden fields the protocol engine wants back, such as its own `xsrf`. */
  readonly hidden?: Readonly<Record<string, string>>
  readonly action?: string
}

/** Fields: the button `scope` = `app` | `all`. */
export const SignOutView: View<SignOutModel> = {
  id: 'sign-in/sign-out',
  title: (_, { t }) => t('signOut.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('signOut.title')}>
          <p class="lead">{t(model.apps.length > 1 ? 'signOut.lead' : 'signOut.leadOne')}</p>
        </Heading>
        {model.apps.length > 1 && (
          <ul>
            {model.apps.map((app) => (
              <li key={app}>{app}</li>
            ))}
          </ul>
        )}
        <Form page={page} {...(model.action ? { action: model.action } : {})}>
          {Object.entries(model.hidden ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button wide name="scope" value="all">
            {t(model.apps.length > 1 ? 'signOut.all' : 'signOut.one')}
          </Button>
          {model.clientName && model.apps.length > 1 && (
            <Button wide weight="even" name="scope" value="app">
              {t('signOut.onlyHere', { client: model.clientName })}
            </Button>
          )}
        </Form>
        {model.cancelHref && (
          <ButtonLink weight="quiet" href={model.cancelHref}>
            {t('signOut.stay')}
          </ButtonLink>
        )}
      </>
    )
  },
}

import type { ComponentChildren } from 'preact'
import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface SignOutModel {
  /** The application that asked; absent when the person came by themselves. */
  readonly clientName?: string
  /** Applications that share this session. */
  readonly apps: readonly string[]
  readonly cancelHref?: string
  /** Hidden fields the protocol engine wants back with either answer, such as its own `xsrf`. */
  readonly hidden?: Readonly<Record<string, string>>
  /** Hidden fields that make the answer "everywhere". */
  readonly hiddenForAll?: Readonly<Record<string, string>>
  readonly action?: string
}

type Hidden = Readonly<Record<string, string>>

const Choice = (props: {
  page: PageContext
  model: SignOutModel
  more?: Hidden
  children: ComponentChildren
}) => (
  <Form page={props.page} {...(props.model.action ? { action: props.model.action } : {})}>
    {Object.entries({ ...props.model.hidden, ...props.more }).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {props.children}
  </Form>
)

/**
 * Fields: the button `scope` = `all` | `app`. Two answers of one look, each a form of its own: what is sent without a
 * button, or by a browser that leaves it out, ends the less. What each answer does, and what the smaller one leaves
 * possible, is said before.
 */
export const SignOutView: View<SignOutModel> = {
  id: 'sign-in/sign-out',
  title: (_, { t }) => t('signOut.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { clientName, apps } = model
    const isChoice = clientName !== undefined
    const single = apps.length <= 1 && !isChoice
    return (
      <>
        <Heading title={t('signOut.title')}>
          <p class="lead">{t(apps.length > 1 ? 'signOut.lead' : 'signOut.leadOne')}</p>
        </Heading>
        {apps.length > 1 && (
          <ul>
            {apps.map((app) => (
              <li key={app}>{app}</li>
            ))}
          </ul>
        )}
        {isChoice && <p id="only-here-means">{t('signOut.onlyHereMeans', { client: clientName })}</p>}
        <div class="pair">
          <Choice page={page} model={model} {...(model.hiddenForAll ? { more: model.hiddenForAll } : {})}>
            <Button wide weight={isChoice ? 'even' : 'main'} name="scope" value="all">
              {t(single ? 'signOut.one' : 'signOut.all')}
            </Button>
          </Choice>
          {isChoice && (
            <Choice page={page} model={model}>
              <Button wide weight="even" name="scope" value="app" describedBy="only-here-means">
                {t('signOut.onlyHere', { client: clientName })}
              </Button>
            </Choice>
          )}
        </div>
        {model.cancelHref && (
          <ButtonLink weight="quiet" href={model.cancelHref}>
            {t('signOut.stay')}
          </ButtonLink>
        )}
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { ForClient, Heading } from '../parts/heading.tsx'

export interface CreateAccountModel {
  readonly email?: string
  readonly signInHref: string
  /** Terms are read here and accepted by creating the account; they are no consent. */
  readonly termsHref?: string
  readonly privacyNoticeHref?: string
}

/** Fields: `email`. */
export const CreateAccountView: View<CreateAccountModel> = {
  id: 'sign-in/create-account',
  title: (_, { t }) => t('createAccount.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.signInHref} words={t('createAccount.signIn')} />
        <Heading title={t('createAccount.title')}>
          <p class="lead">{t('createAccount.lead')}</p>
          <ForClient page={page} />
        </Heading>
        <Form page={page}>
          <TextInput
            page={page}
            name="email"
            label={t('createAccount.email')}
            hint={t('createAccount.emailHint')}
            type="email"
            inputmode="email"
            autocomplete="email"
            spellcheck={false}
            value={model.email}
            focus
          />
          <Button wide>{t('createAccount.continue')}</Button>
        </Form>
        {(model.termsHref || model.privacyNoticeHref) && (
          <p class="small soft">
            {t('createAccount.read')}{' '}
            {model.termsHref && <a href={model.termsHref}>{t('createAccount.terms')}</a>}
            {model.termsHref && model.privacyNoticeHref && ' · '}
            {model.privacyNoticeHref && (
              <a href={model.privacyNoticeHref}>{t('createAccount.privacyNotice')}</a>
            )}
          </p>
        )}
      </>
    )
  },
}

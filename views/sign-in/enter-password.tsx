import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { ForClient, Heading } from '../parts/heading.tsx'
import { Identity } from '../parts/identity.tsx'
import { PasswordInput } from '../parts/password-input.tsx'

export interface EnterPasswordModel {
  readonly email: string
  readonly changeHref: string
  /** Where a POST sends a one-time code instead; also the way for who forgot the password. */
  readonly sendCodeAction?: string
}

/** Fields: `username` (for password managers), `password`. */
export const EnterPasswordView: View<EnterPasswordModel> = {
  id: 'sign-in/enter-password',
  title: (_, { t }) => t('enterPassword.title'),
  layout: 'sign-in',
  modules: ['show-password'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('enterPassword.title')}>
          <ForClient page={page} />
        </Heading>
        <Identity page={page} who={model.email} changeHref={model.changeHref} />
        <Form page={page}>
          <input type="text" name="username" value={model.email} autocomplete="username" hidden readonly />
          <PasswordInput
            page={page}
            name="password"
            label={t('enterPassword.password')}
            use="current"
            focus
          />
          <Button wide>{t('enterPassword.continue')}</Button>
        </Form>
        {model.sendCodeAction && (
          <div class="stack stack--close">
            <p class="soft">{t('enterPassword.forgot')}</p>
            <Form page={page} action={model.sendCodeAction}>
              <Button weight="even" wide icon="mail">
                {t('enterPassword.sendCode')}
              </Button>
            </Form>
          </div>
        )}
      </>
    )
  },
}

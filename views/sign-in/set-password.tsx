import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Identity } from '../parts/identity.tsx'
import { PasswordInput } from '../parts/password-input.tsx'

export interface SetPasswordModel {
  readonly email: string
  readonly minLength: number
  readonly reason: 'new' | 'change' | 'recovery' | 'compromised'
  /** Asked only for a change; recovery has proven the person otherwise. */
  readonly askCurrent: boolean
  readonly backHref?: string
}

/** Fields: `username`, `current_password` when asked, `password`. One new field, not two: it can be shown. */
export const SetPasswordView: View<SetPasswordModel> = {
  id: 'sign-in/set-password',
  title: (model, { t }) => t(`setPassword.title.${model.reason}`),
  layout: 'sign-in',
  modules: ['show-password'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        {model.backHref && <BackLink href={model.backHref} words={t('page.back')} />}
        <Heading title={t(`setPassword.title.${model.reason}`)}>
          <p class="lead">{t(`setPassword.lead.${model.reason}`)}</p>
        </Heading>
        <Identity page={page} who={model.email} />
        <Form page={page}>
          <input type="text" name="username" value={model.email} autocomplete="username" hidden readonly />
          {model.askCurrent && (
            <PasswordInput
              page={page}
              name="current_password"
              label={t('setPassword.current')}
              use="current"
            />
          )}
          <PasswordInput
            page={page}
            name="password"
            label={t('setPassword.new')}
            hint={t('setPassword.hint', { length: model.minLength })}
            use="new"
          />
          <Button wide>{t('setPassword.save')}</Button>
        </Form>
      </>
    )
  },
}

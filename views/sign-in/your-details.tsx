import { say, type View, type Words } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { type InputType, TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PasswordInput } from '../parts/password-input.tsx'

export interface DetailField {
  /** Id of the attribute; the value comes back under this name. */
  readonly id: string
  /** A key such as `attribute.given_name`, or the catalogue's own words. */
  readonly label: Words
  readonly hint?: Words
  readonly optional: boolean
  /** Answer to "¿Por qué lo pedimos?": the attribute's purpose. */
  readonly why?: Words
  readonly value?: string
  readonly type?: InputType
  /** HTML autofill token, such as `given-name`, `tel` or `bday`. */
  readonly autocomplete?: string
}

export interface YourDetailsModel {
  readonly fields: readonly DetailField[]
  /** Asked for only where the account may have one. */
  readonly password?: { readonly optional: boolean; readonly minLength: number; readonly email: string }
  readonly backHref?: string
}

/** Fields: one per attribute, and `password`. */
export const YourDetailsView: View<YourDetailsModel> = {
  id: 'sign-in/your-details',
  title: (_, { t }) => t('yourDetails.title'),
  layout: 'sign-in',
  modules: ['show-password'],
  body: ({ model, page }) => {
    const { t } = page
    const { password } = model
    return (
      <>
        {model.backHref && <BackLink href={model.backHref} words={t('page.back')} />}
        <Heading title={t('yourDetails.title')}>
          <p class="lead">{t('yourDetails.lead')}</p>
        </Heading>
        <Form page={page}>
          {model.fields.map((field) => (
            <TextInput
              key={field.id}
              page={page}
              name={field.id}
              label={say(page, field.label)}
              hint={field.hint && say(page, field.hint)}
              why={field.why && say(page, field.why)}
              optional={field.optional}
              value={field.value}
              autocomplete={field.autocomplete}
              {...(field.type ? { type: field.type } : {})}
              {...(field.type === 'tel' ? { inputmode: 'tel' as const } : {})}
            />
          ))}
          {password && (
            <>
              <input
                type="text"
                name="username"
                value={password.email}
                autocomplete="username"
                hidden
                readonly
              />
              <PasswordInput
                page={page}
                name="password"
                label={t('yourDetails.password')}
                hint={t('setPassword.hint', { length: password.minLength })}
                optional={password.optional}
                why={password.optional ? t('yourDetails.passwordWhy') : undefined}
                use="new"
              />
            </>
          )}
          <Button wide>{t('yourDetails.continue')}</Button>
        </Form>
      </>
    )
  },
}

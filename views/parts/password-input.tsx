import { Field, type FieldProps } from './field.tsx'

/** Paste is allowed and the value is never sent back. Without script the button to show it stays away. */
export function PasswordInput(props: FieldProps & { use: 'current' | 'new'; focus?: boolean }) {
  const { page, name, use, focus } = props
  return (
    <Field {...props}>
      {(control) => (
        <div class="field__row">
          <input
            {...control}
            class="input"
            type="password"
            autocomplete={`${use}-password`}
            spellcheck={false}
            maxlength={256}
            {...(focus ? { 'data-focus': '' } : {})}
            {...(props.optional ? {} : { 'aria-required': 'true' })}
          />
          <button
            type="button"
            class="button button--even"
            hidden
            data-show-password={name}
            data-show={page.t('password.show')}
            data-hide={page.t('password.hide')}
            aria-pressed="false"
            aria-controls={name}
          >
            {page.t('password.show')}
          </button>
        </div>
      )}
    </Field>
  )
}

import { type ComponentChildren, h } from 'preact'
import type { PageContext } from '../page-context.ts'
import { Details } from './details.tsx'
import { FieldError, fieldError } from './errors.tsx'

export interface FieldProps {
  readonly page: PageContext
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly optional?: boolean | undefined
  /** Answer to "¿Por qué lo pedimos?", from the attribute's purpose. */
  readonly why?: string | undefined
}

export interface ControlAttributes {
  readonly id: string
  readonly name: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: 'true'
}

/** Label, hint, error and control, tied together for assistive technology. The id is the name, so summaries can link to it. */
export function Field(props: FieldProps & { children: (control: ControlAttributes) => ComponentChildren }) {
  const { page, name, label, hint, optional = false, why, children } = props
  const error = fieldError(page, name)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label class="field__label" for={name}>
        {label}
        {optional && <span class="field__optional"> {page.t('field.optional')}</span>}
      </label>
      {hint && (
        <p class="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${name}-error`} words={error} />
      {children({
        id: name,
        name,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': 'true' } : {}),
      })}
      {why && <Details summary={page.t('field.why')}>{<p>{why}</p>}</Details>}
    </div>
  )
}

export type InputType = 'text' | 'email' | 'tel' | 'date'

export function TextInput(
  props: FieldProps & {
    type?: InputType
    value?: string | undefined
    autocomplete?: string | undefined
    inputmode?: 'email' | 'numeric' | 'tel' | 'text'
    spellcheck?: boolean
    focus?: boolean
    lang?: string
  },
) {
  const { type = 'text', value, autocomplete, inputmode, spellcheck, focus, optional } = props
  return (
    <Field {...props}>
      {(control) =>
        h('input', {
          ...control,
          class: 'input',
          type,
          ...(value === undefined ? {} : { value }),
          ...(autocomplete ? { autocomplete } : {}),
          ...(inputmode ? { inputmode } : {}),
          ...(spellcheck === false ? { spellcheck: false } : {}),
          ...(focus ? { 'data-focus': '' } : {}),
          ...(optional ? {} : { 'aria-required': 'true' as const }),
        })
      }
    </Field>
  )
}

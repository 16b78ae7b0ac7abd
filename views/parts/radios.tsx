import type { PageContext } from '../page-context.ts'
import { FieldError, fieldError } from './errors.tsx'

export interface RadioOption {
  readonly value: string
  readonly words: string
  readonly about?: string | undefined
}

/** One of several, all of them in sight. The first carries the id, so that the error summary leads to the question. */
export function Radios(props: {
  page: PageContext
  name: string
  label: string
  hint?: string | undefined
  options: readonly RadioOption[]
  value: string
}) {
  const { page, name, label, hint, options, value } = props
  const error = fieldError(page, name)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <fieldset class="field" {...(described ? { 'aria-describedby': described } : {})}>
      <legend class="field__label">{label}</legend>
      {hint && (
        <p class="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${name}-error`} words={error} />
      {options.map((option, position) => (
        <label class="check" key={option.value}>
          <input
            type="radio"
            id={position === 0 ? name : `${name}-${position}`}
            name={name}
            value={option.value}
            checked={option.value === value}
          />
          <span>
            {option.words}
            {option.about && <span class="small soft"> {option.about}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

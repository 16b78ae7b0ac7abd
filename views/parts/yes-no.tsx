import type { PageContext } from '../page-context.ts'
import { FieldError, fieldError } from './errors.tsx'

/** Sí or No, side by side and alike. Nothing is chosen unless the person chose it before (GDPR 4(11); C-673/17). */
export function YesNo(props: {
  page: PageContext
  name: string
  /** Id of the words being answered. */
  labelledBy: string
  answer?: 'yes' | 'no' | undefined
}) {
  const { page, name, labelledBy, answer } = props
  const error = fieldError(page, name)
  return (
    <>
      <FieldError id={`${name}-error`} words={error} />
      <div
        class="yes-no"
        role="radiogroup"
        aria-labelledby={labelledBy}
        data-equal
        {...(error ? { 'aria-describedby': `${name}-error` } : {})}
      >
        {(['yes', 'no'] as const).map((value) => (
          <label key={value}>
            <input
              type="radio"
              id={value === 'yes' ? name : `${name}-no`}
              name={name}
              value={value}
              checked={answer === value}
            />
            {page.t(`answer.${value}`)}
          </label>
        ))}
      </div>
    </>
  )
}

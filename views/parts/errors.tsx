import { hasMessage } from '../locales/translator.ts'
import type { PageContext } from '../page-context.ts'
import { Icon } from './icon.tsx'

/** The words of an error code, in the summary and at the field alike. A code nobody wrote words for reads as a general one. */
function errorWords(
  page: PageContext,
  code: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  const key = `error.${code}`
  return hasMessage(key) ? page.t(key, { ...values }) : page.t('error.unexpected')
}

export const fieldError = (page: PageContext, field: string): string | undefined => {
  const found = page.fieldErrors?.find((error) => error.field === field)
  return found && errorWords(page, found.code)
}

export function FieldError({ id, words }: { id: string; words: string | undefined }) {
  if (words === undefined) return null
  return (
    <p class="field__error" id={id}>
      <Icon name="alert" size={18} />
      <span>{words}</span>
    </p>
  )
}

export function ErrorSummary({ page }: { page: PageContext }) {
  const { formError, fieldErrors = [] } = page
  if (!formError && fieldErrors.length === 0) return null
  return (
    <section class="summary" id="error-summary" tabindex={-1} aria-labelledby="error-summary-title">
      <Icon name="alert" size={24} />
      <div>
        <h2 id="error-summary-title">{page.t('page.errorTitle')}</h2>
        <ul>
          {formError && <li>{errorWords(page, formError.code, formError.values)}</li>}
          {fieldErrors.map(({ field, code }) => (
            <li key={field}>
              <a href={`#${field}`}>{errorWords(page, code)}</a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

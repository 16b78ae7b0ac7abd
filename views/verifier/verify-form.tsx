import { h } from 'preact'
import type { PageContext } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Field } from '../parts/field.tsx'
import { Token } from '../parts/form.tsx'
import { browserWords } from './verify-words.ts'

/** The same form online and in the saved page: only the way to the server is missing there. */
export function VerifyForm(props: {
  page: PageContext
  keys: string
  receipt?: string | undefined
  /** True in the page that is saved: it has no server to ask. */
  saved?: boolean
}) {
  const { page, keys, receipt, saved = false } = props
  const { t } = page
  return (
    <form
      class="stack"
      novalidate
      data-verifier
      data-keys={keys}
      data-words={browserWords(t)}
      data-zone={page.brand.timeZone}
      {...(saved ? {} : { method: 'post', action: '/verify' })}
    >
      {!saved && <Token page={page} />}
      <Field page={page} name="receipt" label={t('verify.receipt')} hint={t('verify.receiptHint')}>
        {(control) =>
          h(
            'textarea',
            { ...control, class: 'input mono', rows: 6, spellcheck: false, autocomplete: 'off' },
            receipt ?? '',
          )
        }
      </Field>
      <div hidden>
        <div class="field">
          <label class="field__label" for="file">
            {t('verify.file')}
          </label>
          <input
            class="input"
            type="file"
            id="file"
            accept=".json,.jws,.sd-jwt,application/json,text/plain"
          />
        </div>
      </div>
      <Details summary={t('verify.moreKeys')}>
        <Field page={page} name="keys" label={t('verify.keys')} hint={t('verify.keysHint')}>
          {(control) =>
            h('textarea', {
              ...control,
              class: 'input mono',
              rows: 4,
              spellcheck: false,
              autocomplete: 'off',
            })
          }
        </Field>
      </Details>
      <Button wide>{t('verify.check')}</Button>
    </form>
  )
}

import type { View } from '../page-context.ts'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'

export interface KioskSetupModel {
  readonly issuer: string
  /** For the script; false, the page stays as it is. */
  readonly live: boolean
  readonly told?: 'done' | 'wrong' | 'unreachable'
}

/** Brings a screen into service: a code of a member of staff, and a key that never leaves this browser. */
export const KioskSetupView: View<KioskSetupModel> = {
  id: 'kiosk/setup',
  title: (_, { t }) => t('kioskSetup.title'),
  layout: 'kiosk',
  modules: ['kiosk-setup'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <div class="stack stack--loose" {...(model.live ? { 'data-setup': model.issuer } : {})}>
        <Heading title={t('kioskSetup.title')}>
          <p class="lead">{t('kioskSetup.lead')}</p>
        </Heading>
        <Form page={page} action="/kiosk/setup" id="setup">
          <div class="field">
            <label class="field__label" for="code">
              {t('kioskSetup.code')}
            </label>
            <p class="field__hint" id="code-hint">
              {t('kioskSetup.hint')}
            </p>
            <input
              class="input"
              type="text"
              id="code"
              name="code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxlength={40}
              aria-describedby="code-hint"
            />
          </div>
          <button type="submit" class="button button--main button--wide">
            {t('kioskSetup.go')}
          </button>
        </Form>
        <div role="status">
          {(['done', 'wrong', 'unreachable'] as const).map((outcome) => (
            <div key={outcome} data-told={outcome} hidden={model.told !== outcome}>
              <Notice kind={outcome === 'done' ? 'success' : 'warning'}>
                <p>{t(`kioskSetup.${outcome}`)}</p>
                {outcome === 'done' && (
                  <p>
                    <a class="button button--even" href="/kiosk">
                      {t('kioskSetup.open')}
                    </a>
                  </p>
                )}
              </Notice>
            </div>
          ))}
        </div>
        <noscript>
          <p>{t('kiosk.noScript')}</p>
        </noscript>
      </div>
    )
  },
}

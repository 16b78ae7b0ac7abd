import type { PageContext } from '../page-context.ts'

/**
 * A person of the shop, in the same place on every screen (WCAG 3.2.6) and at the foot of it, where everybody reaches. Its
 * script shows it on a kiosk that has its key, and says what is true: somebody was told, or somebody comes.
 */
export function KioskHelp({ page, state }: { page: PageContext; state?: 'none' | 'raised' | 'coming' }) {
  const { t } = page
  const waits = state === 'raised' || state === 'coming'
  return (
    <footer class="kiosk__help" data-help={page.csrf} hidden={state === undefined}>
      <p role="status" class="kiosk__help-words">
        <span data-help-told="raised" hidden={state !== 'raised'}>
          {t('kioskHelp.raised')}
        </span>
        <span data-help-told="coming" hidden={state !== 'coming'}>
          {t('kioskHelp.coming')}
        </span>
        <span data-help-told="failed" hidden>
          {t('kioskHelp.failed')}
        </span>
      </p>
      <button type="button" class="button button--even" data-help-press="raise" hidden={waits}>
        {t('kioskHelp.ask')}
      </button>
      <button type="button" class="button button--even" data-help-press="withdraw" hidden={!waits}>
        {t('kioskHelp.withdraw')}
      </button>
    </footer>
  )
}

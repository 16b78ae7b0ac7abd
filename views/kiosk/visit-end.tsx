import type { PageContext } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'

/**
 * On every page of a visit: the way out, and the question that comes up after 45 seconds without a touch. The script asks
 * it, and leaves at the end of the time that the server gives (R36, R46).
 */
export function VisitEnd(props: { page: PageContext; live: boolean; warning?: boolean | undefined }) {
  const { page, live, warning = false } = props
  const { t } = page
  return (
    <div class="stack" {...(live ? { 'data-visit': page.csrf } : {})}>
      <Form page={page} action="/kiosk/end" class="stack" id="end">
        <Button wide weight="even">
          {t('kioskVisit.end')}
        </Button>
      </Form>
      <dialog class="kiosk__still" id="still-there" aria-labelledby="still-there-title" open={warning}>
        <div class="stack">
          <h2 id="still-there-title">{t('kioskVisit.still')}</h2>
          <p>{t('kioskVisit.closes')}</p>
          <button type="button" class="button button--main button--wide" data-press="here">
            {t('kioskVisit.here')}
          </button>
          <button type="button" class="button button--even button--wide" data-press="end">
            {t('kioskVisit.end')}
          </button>
        </div>
      </dialog>
    </div>
  )
}

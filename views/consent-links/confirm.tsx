import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface ConfirmModel {
  readonly state: 'waiting' | 'confirmed' | 'overtaken'
  readonly purposes: readonly string[]
}

/** Opening the page confirms nothing, because mail scanners open links; the button does. */
export const ConfirmView: View<ConfirmModel> = {
  id: 'consent-links/confirm',
  title: ({ state }, { t }) => t(`confirm.title.${state}`),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { state, purposes } = model
    return (
      <>
        <Heading title={t(`confirm.title.${state}`)} {...(state === 'confirmed' ? { icon: 'check' } : {})}>
          <p class="lead">{t(`confirm.lead.${state}`)}</p>
        </Heading>
        {purposes.length > 0 && (
          <SummaryList rows={[{ label: t('confirm.what'), value: <Values of={purposes} /> }]} />
        )}
        {state === 'waiting' ? (
          <>
            <Form page={page}>
              <Button wide>{t('confirm.yes')}</Button>
            </Form>
            <p class="small soft">{t('confirm.notYou')}</p>
          </>
        ) : (
          <div class="actions">
            <ButtonLink weight="quiet" href="/privacy/permissions">
              {t('withdrawn.permissions')}
            </ButtonLink>
          </div>
        )}
      </>
    )
  },
}

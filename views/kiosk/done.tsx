import type { View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { answersByPurpose, type SavedChoice } from '../sign-in/saved-choices.tsx'
import { VisitEnd } from './visit-end.tsx'

export interface KioskDoneModel {
  readonly choices: readonly SavedChoice[]
  /** Where the receipt went: by mail, or it waits in the privacy centre on their own device. */
  readonly receipt: 'mailed' | 'kept' | 'nothing-changed'
  readonly live: boolean
}

export const KioskDoneView: View<KioskDoneModel> = {
  id: 'kiosk/done',
  title: ({ receipt }, { t }) => t(receipt === 'nothing-changed' ? 'kioskDone.unchanged' : 'kioskDone.title'),
  layout: 'kiosk',
  modules: ['kiosk-visit'],
  body: ({ model, page }) => {
    const { t } = page
    const { receipt } = model
    return (
      <>
        <Heading
          title={t(receipt === 'nothing-changed' ? 'kioskDone.unchanged' : 'kioskDone.title')}
          icon="check"
        >
          <p class="lead">{t(`kioskDone.${receipt}`)}</p>
        </Heading>
        {model.choices.length > 0 && <SummaryList rows={answersByPurpose(model.choices, page)} />}
        {model.choices.some(({ awaitsConfirmation }) => awaitsConfirmation) && (
          <Notice kind="info">
            <p>{t('savedChoices.awaitsConfirmation')}</p>
          </Notice>
        )}
        {model.choices.some(({ awaitsGuardian }) => awaitsGuardian) && (
          <Notice kind="info">
            <p>{t('permissions.guardianLead')}</p>
          </Notice>
        )}
        <p>{t('kioskDone.change')}</p>
        <VisitEnd page={page} live={model.live} />
      </>
    )
  },
}

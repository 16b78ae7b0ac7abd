import type { View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface GuardianDoneModel {
  readonly answers: readonly { readonly purpose: string; readonly answer: 'yes' | 'no' }[]
}

/** What the guardian answered. Nothing is offered to them: they are here for the child. */
export const GuardianDoneView: View<GuardianDoneModel> = {
  id: 'consent-links/guardian-done',
  title: (_, { t }) => t('guardianDone.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('guardianDone.title')} icon="check">
          <p class="lead">{t('guardianDone.lead')}</p>
        </Heading>
        <SummaryList
          rows={model.answers.map(({ purpose, answer }) => ({
            label: purpose,
            value: t(`answer.${answer}`),
          }))}
        />
      </>
    )
  },
}

import type { StaffRole } from '../../src/kernel/actor.ts'
import type { View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { PasskeyForm, type PasskeyOffer, WithoutPasskeys } from '../parts/passkey-form.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface StaffEnrolModel extends PasskeyOffer {
  readonly displayName: string
  readonly roles: readonly StaffRole[]
  readonly expiresAt: Date
}

/** Reached by a one-time link or code. */
export const StaffEnrolView: View<StaffEnrolModel> = {
  id: 'staff/enrol',
  title: (_, { t }) => t('staffEnrol.title'),
  layout: 'staff',
  modules: ['passkey'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('staffEnrol.title')}>
          <p class="lead">{t('staffEnrol.lead', { name: model.displayName })}</p>
        </Heading>
        <SummaryList
          rows={[
            {
              label: t('staffHome.roles'),
              value: <Values of={model.roles.map((role) => t(`staffRole.${role}`))} />,
            },
            { label: t('staffEnrol.validUntil'), value: t('page.moment', { at: model.expiresAt }) },
          ]}
        />
        <PasskeyForm
          page={page}
          ceremony="create"
          offer={model}
          words={t('staffEnrol.create')}
          weight="main"
        />
        <WithoutPasskeys words={t('staffEnrol.without')} />
        <p class="small soft">{t('staffEnrol.notYou')}</p>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface GuardianDoneModel {
  readonly answers: readonly { readonly purpose: string; readonly answer: 'yes' | 'no' }[]
  /** Where the receipt and the way out are; undefined where nothing new was recorded. */
  readonly kept?:
    | { readonly receiptHref: string; readonly withdrawHref: string; readonly mailed: boolean }
    | undefined
}

/** What the guardian answered, its proof, and the way out of it: they have no account to find either in. */
export const GuardianDoneView: View<GuardianDoneModel> = {
  id: 'consent-links/guardian-done',
  title: (_, { t }) => t('guardianDone.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { answers, kept } = model
    return (
      <>
        <Heading title={t('guardianDone.title')} icon="check">
          <p class="lead">{t('guardianDone.lead')}</p>
        </Heading>
        <SummaryList
          rows={answers.map(({ purpose, answer }) => ({
            label: purpose,
            value: t(`answer.${answer}`),
          }))}
        />
        {kept !== undefined && (
          <>
            {kept.mailed && <p>{t('guardianDone.mailed')}</p>}
            <div class="actions">
              <ButtonLink weight="even" href={kept.receiptHref} icon="download">
                {t('guardianDone.receipt')}
              </ButtonLink>
              {answers.some(({ answer }) => answer === 'yes') && (
                <ButtonLink weight="quiet" href={kept.withdrawHref}>
                  {t('guardianDone.withdraw')}
                </ButtonLink>
              )}
            </div>
          </>
        )}
      </>
    )
  },
}

import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface WithdrawModel {
  readonly purpose: string
  readonly contactChannel: ContactChannel
}

/** One button, no question and no reason asked; names the purpose and never the person, since mails get forwarded. */
export const WithdrawView: View<WithdrawModel> = {
  id: 'consent-links/withdraw',
  title: (_, { t }) => t('withdraw.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { purpose, contactChannel } = model
    return (
      <>
        <Heading title={t('withdraw.title')}>
          <p class="lead">{t('withdraw.lead')}</p>
        </Heading>
        <SummaryList
          rows={[
            {
              label: purpose,
              value:
                contactChannel === 'none' ? t('withdrawn.allUse') : t(`contactChannel.${contactChannel}`),
            },
          ]}
        />
        <Form page={page}>
          <Button wide>{t('withdraw.stop')}</Button>
        </Form>
        <p class="small soft">{t('withdraw.everything')}</p>
        <div class="actions">
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('withdrawn.permissions')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

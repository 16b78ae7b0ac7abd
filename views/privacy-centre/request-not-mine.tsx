import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import type { RequestRightWord } from '../request-words.ts'

export interface NotMineModel {
  readonly right: RequestRightWord
  readonly reference: string
  readonly receivedAt: Date
}

/** One button; says what was asked and never of whom, since messages are passed on. */
export const RequestNotMineView: View<NotMineModel> = {
  id: 'privacy-centre/request-not-mine',
  title: (_, { t }) => t('notMine.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('notMine.title')}>
          <p class="lead">{t('notMine.lead')}</p>
        </Heading>
        <SummaryList
          rows={[
            { label: t('requests.right'), value: t(`requests.right.${model.right}`) },
            { label: t('requests.reference'), value: model.reference },
            { label: t('requests.receivedAt'), value: t('requests.day', { day: model.receivedAt }) },
          ]}
        />
        <Form page={page}>
          <Button wide>{t('notMine.do')}</Button>
        </Form>
        <p class="small soft">{t('notMine.otherwise')}</p>
      </>
    )
  },
}

/** The same answer however things stand: a link tells nothing more about anybody. */
export const RequestDisownedView: View<undefined> = {
  id: 'privacy-centre/request-disowned',
  title: (_, { t }) => t('notMine.done'),
  layout: 'sign-in',
  body: ({ page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('notMine.done')} icon="check">
          <p class="lead">{t('notMine.doneLead')}</p>
        </Heading>
        <div class="actions">
          <ButtonLink weight="even" href="/privacy/security">
            {t('notMine.security')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

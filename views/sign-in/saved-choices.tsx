import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface SavedChoice {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly answer: 'yes' | 'no'
  /** Waits for the confirmation sent to the contact point (double opt-in). */
  readonly awaitsConfirmation?: boolean
  /** A child's yes, that waits for a guardian's. */
  readonly awaitsGuardian?: boolean
}

export interface SavedChoicesModel {
  readonly choices: readonly SavedChoice[]
  readonly receiptHref?: string
  readonly permissionsHref: string
  /** Where "Seguir" posts to. */
  readonly continueAction: string
}

export const SavedChoicesView: View<SavedChoicesModel> = {
  id: 'sign-in/saved-choices',
  title: (_, { t }) => t('savedChoices.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('savedChoices.title')} icon="check">
          <p class="lead">{t('savedChoices.lead')}</p>
        </Heading>
        <SummaryList rows={answersByPurpose(model.choices, page)} />
        {model.choices.some(({ awaitsConfirmation }) => awaitsConfirmation) && (
          <Notice kind="info">
            <p>{t('savedChoices.awaitsConfirmation')}</p>
          </Notice>
        )}
        {model.choices.some(({ awaitsGuardian }) => awaitsGuardian) && (
          <Notice kind="info">
            <p>{t('permissions.guardianLead')}</p>
            <p>
              <a href="/privacy/guardian">{t('permissions.askGuardian')}</a>
            </p>
          </Notice>
        )}
        <div class="actions">
          {model.receiptHref && (
            <ButtonLink weight="quiet" href={model.receiptHref} icon="receipt">
              {t('savedChoices.receipt')}
            </ButtonLink>
          )}
          <ButtonLink weight="quiet" href={model.permissionsHref}>
            {t('savedChoices.change')}
          </ButtonLink>
        </div>
        <Form page={page} action={model.continueAction}>
          <Button wide>{t('savedChoices.continue')}</Button>
        </Form>
      </>
    )
  },
}

export function answersByPurpose(choices: readonly SavedChoice[], page: PageContext) {
  const answers = Map.groupBy(choices, ({ purpose }) => purpose)
  return [...answers].map(([label, all]) => ({
    label,
    value: (
      <Values
        of={all.map(({ contactChannel, answer }) =>
          contactChannel === 'none'
            ? page.t(`answer.${answer}`)
            : page.t('answer.ofChannel', {
                channel: page.t(`contactChannel.${contactChannel}`),
                answer: page.t(`answer.${answer}.inline`),
              }),
        )}
      />
    ),
  }))
}

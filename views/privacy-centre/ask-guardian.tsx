import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface AskGuardianModel {
  /** Titles of what the child said yes to and that waits. */
  readonly purposes: readonly string[]
  /** Somebody was asked already, and can answer until then. */
  readonly waitingUntil?: Date
  /** What the child typed. Never the address of an invitation that was sent: that is the guardian's. */
  readonly email?: string
}

/** Fields: `email`. For a child: short words, one thing to do. */
export const AskGuardianView: View<AskGuardianModel> = {
  id: 'privacy-centre/ask-guardian',
  title: (_, { t }) => t('guardianAsk.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('guardianAsk.title')}>
          <p class="lead">{t(model.purposes.length === 0 ? 'guardianAsk.nothing' : 'guardianAsk.lead')}</p>
        </Heading>
        {model.waitingUntil && (
          <Notice kind="info">
            <p>{t('guardianAsk.waiting', { until: model.waitingUntil })}</p>
          </Notice>
        )}
        {model.purposes.length > 0 && (
          <>
            <SummaryList rows={[{ label: t('guardianAsk.what'), value: <Values of={model.purposes} /> }]} />
            <Form page={page}>
              <TextInput
                page={page}
                name="email"
                type="email"
                label={t('guardianAsk.email')}
                hint={t('guardianAsk.emailHint')}
                value={model.email}
                autocomplete="off"
                inputmode="email"
                spellcheck={false}
              />
              <Button wide>{t('guardianAsk.send')}</Button>
            </Form>
          </>
        )}
        <div class="actions">
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('guardianAsk.back')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface StoppedCaller {
  readonly id: string
  readonly name: string
  readonly since: Date
  readonly liftAction: string
}

export interface CallersModel {
  readonly stopped: readonly StoppedCaller[]
  readonly securityHref: string
}

/** Applications that may not ask for a yes on the telephone any more, because the person once said that it was not them. */
export const CallersView: View<CallersModel> = {
  id: 'privacy-centre/callers',
  title: (_, { t }) => t('callers.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.securityHref} words={t('privacy.security')} />
        <Heading title={t('callers.title')}>
          <p class="lead">{t('callers.lead')}</p>
        </Heading>
        {model.stopped.length === 0 && (
          <EmptyState icon="check" title={t('callers.none')}>
            <p>{t('callers.noneLead')}</p>
          </EmptyState>
        )}
        {model.stopped.map(({ id, name, since, liftAction }) => (
          <Card key={id} id={`caller-${id}`} title={name}>
            <p>{t('callers.since', { at: since })}</p>
            <p class="small soft">{t('callers.ifLifted', { client: name })}</p>
            <Form page={page} action={liftAction}>
              <Button weight="even">
                {t('callers.lift')}
                <span class="visually-hidden">: {name}</span>
              </Button>
            </Form>
          </Card>
        ))}
      </>
    )
  },
}

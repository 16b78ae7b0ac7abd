import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import type { IconName } from '../parts/icon.tsx'

export type CallOutcomeModel =
  | { readonly kind: 'not-found' }
  | {
      readonly kind: 'approved' | 'declined' | 'reported' | 'expired'
      readonly agentReference: string
      readonly action: string
    }

const icons: Readonly<Record<CallOutcomeModel['kind'], IconName>> = {
  approved: 'check',
  declined: 'check',
  reported: 'shield',
  expired: 'alert',
  'not-found': 'alert',
}

/** How a request by telephone stands. Field: the button `decision` = `report`, for whoever answered too fast. */
export const CallOutcomeView: View<CallOutcomeModel> = {
  id: 'call-approval/outcome',
  title: ({ kind }, { t }) => t(`callOutcome.${kind}.title`),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { kind } = model
    const reference = model.kind === 'not-found' ? '' : model.agentReference
    return (
      <>
        <Heading title={t(`callOutcome.${kind}.title`)} icon={icons[kind]}>
          <p class="lead">{t(`callOutcome.${kind}.lead`, { agent: reference })}</p>
        </Heading>
        {model.kind === 'not-found' || model.kind === 'reported' ? (
          <ButtonLink wide weight="even" href={kind === 'reported' ? '/privacy/security' : '/privacy'}>
            {t(kind === 'reported' ? 'callOutcome.security' : 'callOutcome.privacy')}
          </ButtonLink>
        ) : (
          <Form page={page} action={model.action}>
            <Button weight="even" wide name="decision" value="report">
              {t('callOutcome.report')}
            </Button>
          </Form>
        )}
      </>
    )
  },
}

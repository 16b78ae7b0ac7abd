import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

export type ProblemKind =
  | 'expired-link'
  | 'rate-limited'
  | 'not-found'
  | 'forbidden'
  | 'invalid-request'
  | 'too-large'
  | 'server-error'
  | 'unavailable'
  | 'interaction-expired'
  | 'wrong-host'

export interface ProblemModel {
  readonly kind: ProblemKind
  /** Short enough to be read out on the phone, such as `7F3K-92QD`; leads to the log, not to a person. */
  readonly reference: string
  readonly retryAfterSeconds?: number
  readonly back?: { readonly href: string; readonly clientName?: string }
}

/** What happened, what to do, and a reference to say aloud. Never a cause, a stack or a value. */
export const ProblemView: View<ProblemModel> = {
  id: 'errors/problem',
  title: (model, { t }) => t(`problem.${model.kind}.title`),
  layout: 'plain',
  body: ({ model, page }) => {
    const { t } = page
    const { back, retryAfterSeconds } = model
    return (
      <>
        <Heading title={t(`problem.${model.kind}.title`)}>
          <p class="lead">{t(`problem.${model.kind}.do`)}</p>
        </Heading>
        {retryAfterSeconds !== undefined && (
          <p>
            {retryAfterSeconds < 60
              ? t('problem.retrySeconds', { seconds: retryAfterSeconds })
              : t('problem.retryMinutes', { minutes: Math.ceil(retryAfterSeconds / 60) })}
          </p>
        )}
        {back && (
          <ButtonLink wide href={back.href}>
            {back.clientName ? t('problem.backTo', { client: back.clientName }) : t('problem.back')}
          </ButtonLink>
        )}
        <div class="stack stack--close">
          <p class="small soft">{t('problem.reference')}</p>
          <p class="reference">{model.reference}</p>
          <p class="small soft">{t('problem.help')}</p>
        </div>
      </>
    )
  },
}

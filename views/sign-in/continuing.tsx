import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

export interface ContinuingModel {
  readonly href: string
  readonly clientName: string
}

/**
 * A page in between, because `form-action 'self'` would silently stop a redirect to the client after a POST (Chromium).
 * Moves on by itself without script; the link is for whoever turned that off.
 */
export const ContinuingView: View<ContinuingModel> = {
  id: 'sign-in/continuing',
  title: (model, { t }) => t('continuing.title', { client: model.clientName }),
  layout: 'sign-in',
  refresh: (model) => model.href,
  body: ({ model, page }) => (
    <>
      <Heading title={page.t('continuing.title', { client: model.clientName })} icon="arrowRight">
        <p class="lead">{page.t('continuing.lead')}</p>
      </Heading>
      <ButtonLink wide weight="even" href={model.href}>
        {page.t('continuing.link', { client: model.clientName })}
      </ButtonLink>
    </>
  ),
}

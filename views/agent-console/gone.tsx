import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

/** `not-here`: nobody's, somebody else's and made up look alike. `over`: one of their own that ended. */
export interface GoneCallModel {
  readonly because: 'not-here' | 'over' | 'too-late'
}

export const GoneCallView: View<GoneCallModel> = {
  id: 'agent-console/gone',
  title: ({ because }, { t }) => t(`calls.gone.${because}.title`),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t(`calls.gone.${model.because}.title`)} icon="clock">
          <p class="lead">{t(`calls.gone.${model.because}.lead`)}</p>
        </Heading>
        <ButtonLink href="/staff/calls">{t('calls.backToDesk')}</ButtonLink>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'
import type { IconName } from '../parts/icon.tsx'

export type PhoneOutcomeModel =
  | { readonly kind: 'declined' | 'reported' | 'wrong-number' }
  | { readonly kind: 'passkey-needed'; readonly confirmHref: string }

const icons: Readonly<Record<PhoneOutcomeModel['kind'], IconName>> = {
  declined: 'check',
  reported: 'shield',
  'wrong-number': 'alert',
  'passkey-needed': 'lock',
}

/** Nobody was let in at the kiosk, and why; or what is still missing. */
export const PhoneOutcomeView: View<PhoneOutcomeModel> = {
  id: 'kiosk/phone-outcome',
  title: ({ kind }, { t }) => t(`phoneOutcome.${kind}.title`),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { kind } = model
    return (
      <>
        <Heading title={t(`phoneOutcome.${kind}.title`)} icon={icons[kind]}>
          <p class="lead">{t(`phoneOutcome.${kind}.lead`)}</p>
        </Heading>
        {model.kind === 'passkey-needed' ? (
          <ButtonLink wide weight="even" href={model.confirmHref}>
            {t('phoneOutcome.passkey')}
          </ButtonLink>
        ) : (
          <ButtonLink wide weight="even" href={kind === 'reported' ? '/privacy/security' : '/privacy'}>
            {t(kind === 'reported' ? 'phoneOutcome.security' : 'phoneOutcome.privacy')}
          </ButtonLink>
        )}
      </>
    )
  },
}

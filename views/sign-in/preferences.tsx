import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonPair } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'

export type { PurposeCardModel } from '../parts/purpose-card.tsx'

export interface PreferencesModel {
  readonly purposes: readonly PurposeCardModel[]
  /** Why the person is asked: the first time, because a text or its scope changed, or because a yes ran out. */
  readonly reason: 'first-time' | 'changed' | 'expired'
  /** Nobody who says no or leaves it is asked again before this day. */
  readonly askedAgainFrom?: Date
  /** Below this age a yes waits for a guardian's. Set only for whoever is younger. */
  readonly guardianUntilAge?: number
  readonly backHref?: string
}

/**
 * The consent prompt. Fields: `choice.<key>` = `yes` | `no`, `shown.<key>` = `notice|version|language|hash`, and the button
 * `all` = `yes` | `no`, or `decide` = `save` | `later`. An unanswered question is a no, and the page says so.
 */
export const PreferencesView: View<PreferencesModel> = {
  id: 'sign-in/preferences',
  title: (model, { t }) => t(`preferences.title.${model.reason}`),
  layout: 'sign-in',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        {model.backHref && <BackLink href={model.backHref} words={t('page.back')} />}
        <Heading title={t(`preferences.title.${model.reason}`)}>
          <p class="lead">{t(`preferences.lead.${model.reason}`, { brand: page.brand.name })}</p>
        </Heading>
        {model.guardianUntilAge !== undefined && (
          <Notice kind="info">
            <p>{t('guardianState.too-young', { age: model.guardianUntilAge })}</p>
          </Notice>
        )}
        <Form page={page}>
          {model.purposes.map((purpose) => (
            <PurposeCard key={purpose.id} page={page} purpose={purpose} />
          ))}
          <p id="unanswered">{t('preferences.unanswered')}</p>
          <Button wide name="decide" value="save" describedBy="unanswered">
            {t('preferences.save')}
          </Button>
          <p class="or">{t('preferences.allAtOnce')}</p>
          <ButtonPair
            name="all"
            first={{ value: 'yes', words: t('preferences.acceptAll') }}
            second={{ value: 'no', words: t('preferences.refuseAll') }}
          />
          <div class="actions">
            <Button weight="quiet" name="decide" value="later">
              {t('preferences.later')}
            </Button>
          </div>
          {model.askedAgainFrom && (
            <p class="small soft">{t('preferences.askedAgain', { from: model.askedAgainFrom })}</p>
          )}
        </Form>
      </>
    )
  },
}

import type { View } from '../page-context.ts'
import { Button, ButtonLink, ButtonPair } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'

export interface LegitimateInterest {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly recipients: readonly string[]
  readonly objected: boolean
  readonly objectAction: string
}

export interface PermissionsModel {
  /** Purposes that rest on consent, with the present answers. */
  readonly purposes: readonly PurposeCardModel[]
  /** Never shown as if they were consent: the person objects instead (GDPR 21). */
  readonly legitimateInterests: readonly LegitimateInterest[]
  /** What is needed for the contract or by law: text with its basis, not a locked switch. */
  readonly necessary: readonly { readonly id: string; readonly title: string; readonly basis: string }[]
}

/** Fields as in the preferences prompt. Withdrawing is the same screen and the same clicks as giving (GDPR 7(3)). */
export const PermissionsView: View<PermissionsModel> = {
  id: 'privacy-centre/permissions',
  title: (_, { t }) => t('permissions.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('permissions.title')}>
          <p class="lead">{t('permissions.lead')}</p>
        </Heading>
        {model.purposes.length === 0 ? (
          <EmptyState icon="shield" title={t('permissions.empty')}>
            <p>{t('permissions.emptyLead')}</p>
          </EmptyState>
        ) : (
          <Form page={page}>
            {model.purposes.map((purpose) => (
              <PurposeCard key={purpose.id} page={page} purpose={purpose} />
            ))}
            <p class="soft">{t('permissions.takesEffect')}</p>
            <Button wide name="decide" value="save">
              {t('permissions.save')}
            </Button>
            <p class="or">{t('preferences.allAtOnce')}</p>
            <ButtonPair
              name="all"
              first={{ value: 'yes', words: t('preferences.acceptAll') }}
              second={{ value: 'no', words: t('preferences.refuseAll') }}
            />
          </Form>
        )}
        {model.legitimateInterests.length > 0 && (
          <section class="stack" aria-labelledby="interests">
            <h2 id="interests">{t('permissions.interests')}</h2>
            <p class="soft">{t('permissions.interestsLead')}</p>
            {model.legitimateInterests.map((interest) => (
              <Card key={interest.id} id={`interest-${interest.id}`} title={interest.title} level={3}>
                <p>{interest.summary}</p>
                {interest.recipients.length > 0 && (
                  <p class="small soft">
                    {t('purpose.recipients')}: {interest.recipients.join(', ')}
                  </p>
                )}
                {interest.objected ? (
                  <p>{t('permissions.objected')}</p>
                ) : (
                  <Form page={page} action={interest.objectAction}>
                    <Button weight="even">{t('permissions.object')}</Button>
                  </Form>
                )}
              </Card>
            ))}
          </section>
        )}
        {model.necessary.length > 0 && (
          <Card id="necessary" title={t('permissions.necessary')}>
            <p class="soft">{t('permissions.necessaryLead')}</p>
            <dl class="list">
              {model.necessary.map(({ id, title, basis }) => (
                <div key={id}>
                  <dt>{title}</dt>
                  <dd>{basis}</dd>
                </div>
              ))}
            </dl>
          </Card>
        )}
        <div class="actions">
          <ButtonLink weight="quiet" href="/privacy/history">
            {t('permissions.history')}
          </ButtonLink>
          <ButtonLink weight="quiet" href="/privacy/recipients">
            {t('permissions.whoReceived')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

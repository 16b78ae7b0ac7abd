import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink, ButtonPair } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'
import { Values } from '../parts/summary-list.tsx'
import { Tag } from '../parts/tag.tsx'
import { DuringRestriction, type RestrictedUseModel } from './during-restriction.tsx'

export interface LegitimateInterest {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly recipients: readonly string[]
  readonly objectedAt?: Date
  /** When it was decided that compelling grounds prevail over an objection (GDPR 21(1)). */
  readonly overriddenAt?: Date
  readonly restricted?: boolean
  readonly objectAction: string
}

export interface PermissionsModel {
  /** Purposes that rest on consent, with the present answers. */
  readonly purposes: readonly PurposeCardModel[]
  /** Never shown as if they were consent: the person objects instead (GDPR 21). */
  readonly legitimateInterests: readonly LegitimateInterest[]
  /** What is needed for the contract or by law: text with its basis, not a locked switch. */
  readonly necessary: readonly { readonly id: string; readonly title: string; readonly basis: string }[]
  /** Messages that were sent to have a yes confirmed, and can be sent again. */
  readonly confirmations?: readonly PendingConfirmation[]
  /** Whose yes counts, where it is not, or was not, the person's alone (GDPR 8). */
  readonly guardian?: GuardianState
  /** What is kept and not used (GDPR 18), newest first. */
  readonly restrictions?: readonly { readonly since: Date; readonly reaches: readonly string[] }[]
  /** What a restriction keeps from being used, each to be allowed by itself (GDPR 18(2)). */
  readonly restrictedUses?: readonly RestrictedUseModel[]
  /** The objection to all advertising (GDPR 21(2)). */
  readonly marketing?: { readonly objectedAt?: Date; readonly objectAction: string }
}

/** How a guardian's word stands with the person's yeses. */
export type GuardianState =
  /** Too young to decide alone, and nothing said yes to yet. */
  | { readonly state: 'too-young'; readonly age: number }
  /** Something said yes to waits, and nobody was asked, or nobody answered in time. */
  | { readonly state: 'to-ask' | 'not-answered'; readonly askHref: string }
  | { readonly state: 'asked'; readonly until: Date; readonly askHref: string }
  /** Old enough now: what a guardian agreed to is theirs to confirm or take back, and what they said too young never counted. */
  | { readonly state: 'of-age'; readonly age: number; readonly kept: boolean; readonly unheard: boolean }

export interface PendingConfirmation {
  readonly id: string
  readonly contactChannel: 'email' | 'sms'
  readonly purposes: readonly string[]
  readonly until: Date
  readonly resendAction: string
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
        <Missing page={page} model={model} />
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
        <DuringRestriction page={page} uses={model.restrictedUses ?? []} />
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
                <Objection page={page} interest={interest} />
              </Card>
            ))}
          </section>
        )}
        {model.marketing && (
          <Card id="marketing" title={t('permissions.marketing')}>
            {model.marketing.objectedAt ? (
              <p>{t('permissions.marketingObjected', { at: model.marketing.objectedAt })}</p>
            ) : (
              <>
                <p>{t('permissions.marketingLead')}</p>
                <Form page={page} action={model.marketing.objectAction}>
                  <Button weight="even">{t('permissions.objectToMarketing')}</Button>
                </Form>
              </>
            )}
            <p class="small soft">{t('permissions.exclusionLists')}</p>
          </Card>
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

/** How an objection to a legitimate interest stands; while none does, one click makes it. */
function Objection({ page, interest }: { page: PageContext; interest: LegitimateInterest }) {
  const { t } = page
  const { objectedAt, overriddenAt, restricted, objectAction } = interest
  return (
    <>
      {restricted && <p>{t('status.restricted')}</p>}
      {objectedAt && <p>{t('permissions.objected', { at: objectedAt })}</p>}
      {overriddenAt && (
        <p>
          {t('permissions.overridden', { at: overriddenAt })}{' '}
          <a href="/privacy/history">{t('permissions.overriddenWhy')}</a>
        </p>
      )}
      {!objectedAt && (
        <Form page={page} action={objectAction}>
          <Button weight="even">{t(overriddenAt ? 'permissions.objectAgain' : 'permissions.object')}</Button>
        </Form>
      )}
    </>
  )
}

/** What decides over the answers below, before everything else: a restriction, a guardian, a confirmation that is missing. */
function Missing({ page, model }: { page: PageContext; model: PermissionsModel }) {
  const { t } = page
  const { confirmations = [], restrictions = [], guardian } = model
  return (
    <>
      {restrictions.length > 0 && (
        <Card
          id="restricted"
          title={t('permissions.restricted')}
          head={<Tag tone="warn">{t('permissions.notUsed')}</Tag>}
        >
          <p>{t('permissions.restrictedLead')}</p>
          <dl class="list">
            {restrictions.map(({ since, reaches }) => (
              <div key={`${since.getTime()}${reaches.join()}`}>
                <dt>{t('permissions.restrictedSince', { since })}</dt>
                <dd>
                  <Values of={reaches} />
                </dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {confirmations.map(({ id, contactChannel, purposes, until, resendAction }) => (
        <Card key={id} id={`confirm-${id}`} title={t('waits.title')}>
          <p>{t(`waits.confirmation.${contactChannel}`)}</p>
          <p class="small soft">{purposes.join(', ')}</p>
          <p class="small soft">{t('waits.until', { until })}</p>
          <Form page={page} action={resendAction}>
            <Button weight="even">{t(`waits.resend.${contactChannel}`)}</Button>
          </Form>
        </Card>
      ))}
      {guardian && <Guardian page={page} guardian={guardian} />}
    </>
  )
}

function Guardian({ page, guardian }: { page: PageContext; guardian: GuardianState }) {
  const { t } = page
  switch (guardian.state) {
    case 'too-young':
      return (
        <Notice kind="info">
          <p>{t('guardianState.too-young', { age: guardian.age })}</p>
        </Notice>
      )
    case 'of-age':
      return (
        <Card id="guardian-state" title={t('guardianState.of-age.title', { age: guardian.age })}>
          {guardian.kept && <p>{t('guardianState.of-age.kept')}</p>}
          {guardian.unheard && <p>{t('guardianState.of-age.unheard')}</p>}
        </Card>
      )
    default:
      return (
        <Card id="guardian-state" title={t('permissions.guardian')}>
          <p>
            {guardian.state === 'asked'
              ? t('guardianAsk.waiting', { until: guardian.until })
              : t(`guardianState.${guardian.state}`)}
          </p>
          <div>
            <ButtonLink weight="even" href={guardian.askHref}>
              {t(guardian.state === 'asked' ? 'guardianState.see' : 'permissions.askGuardian')}
            </ButtonLink>
          </div>
        </Card>
      )
  }
}

import type { PageContext, View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import type { RequestRightWord } from '../request-words.ts'

export interface OverviewModel {
  readonly givenName?: string
  readonly permissions: { readonly yes: number; readonly no: number; readonly unanswered: number }
  /** Yeses that count for nothing until a step is taken. */
  readonly waiting?: number
  /** Something is kept and not used (GDPR 18). */
  readonly restricted?: boolean
  readonly lastDecisionAt?: Date
  /** How many values we hold. */
  readonly values: number
  /** How many recipients received something. */
  readonly recipients: number
  readonly lastDisclosureAt?: Date
  readonly passkeys: number
  readonly sessions: number
  /** Requests still open, soonest answer first. */
  readonly requests: readonly {
    readonly right: RequestRightWord
    readonly answerBy: Date
    readonly href: string
  }[]
}

/** The access right, answered by a screen: tasks with their state (GDPR Art. 15). */
export const OverviewView: View<OverviewModel> = {
  id: 'privacy-centre/overview',
  title: (_, { t }) => t('overview.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    const { permissions } = model
    return (
      <>
        <Heading
          title={model.givenName ? t('overview.greeting', { name: model.givenName }) : t('overview.title')}
        >
          <p class="lead">{t('overview.lead', { brand: page.brand.name })}</p>
        </Heading>
        {model.requests.map((request) => (
          <Notice key={request.href} kind="info">
            <p>
              <a href={request.href}>{t(`requests.right.${request.right}`)}</a>
            </p>
            <p>{t('overview.answerBy', { by: request.answerBy })}</p>
          </Notice>
        ))}
        {model.restricted && (
          <Notice kind="warning">
            <p>
              {t('overview.restricted')} <a href="/privacy/permissions">{t('overview.restrictedWhat')}</a>
            </p>
          </Notice>
        )}
        {model.waiting !== undefined && model.waiting > 0 && (
          <Notice kind="warning">
            <p>
              {t('overview.waiting', { count: model.waiting })}{' '}
              <a href="/privacy/permissions">{t('overview.waitingWhat')}</a>
            </p>
          </Notice>
        )}
        {permissions.unanswered > 0 && (
          <Notice kind="warning">
            <p>
              {t('overview.unanswered', { count: permissions.unanswered })}{' '}
              <a href="/privacy/permissions">{t('overview.answerNow')}</a>
            </p>
          </Notice>
        )}
        <ul class="cards">
          <Task page={page} icon="shield" href="/privacy/permissions" title={t('overview.permissions')}>
            {t('overview.permissionsState', { yes: permissions.yes, no: permissions.no })}
          </Task>
          <Task page={page} icon="person" href="/privacy/your-data" title={t('overview.yourData')}>
            {t('overview.yourDataState', { count: model.values })}
          </Task>
          <Task page={page} icon="share" href="/privacy/recipients" title={t('overview.recipients')}>
            {t('overview.recipientsState', { count: model.recipients })}
            {model.lastDisclosureAt && ` ${t('overview.lastDisclosure', { at: model.lastDisclosureAt })}`}
          </Task>
          <Task page={page} icon="mail" href="/privacy/requests" title={t('overview.requests')}>
            {t('overview.requestsState', { count: model.requests.length })}
          </Task>
          <Task page={page} icon="receipt" href="/privacy/history" title={t('overview.history')}>
            {model.lastDecisionAt
              ? t('overview.lastDecision', { at: model.lastDecisionAt })
              : t('overview.noDecision')}
          </Task>
          <Task page={page} icon="device" href="/privacy/card" title={t('overview.card')}>
            {t('overview.cardState')}
          </Task>
          <Task page={page} icon="lock" href="/privacy/security" title={t('overview.security')}>
            {t('overview.securityState', { passkeys: model.passkeys, sessions: model.sessions })}
          </Task>
        </ul>
      </>
    )
  },
}

function Task(props: {
  page: PageContext
  icon: IconName
  href: string
  title: string
  children: (string | undefined | false)[] | string
}) {
  return (
    <li>
      <div class="card task">
        <Icon name={props.icon} size={24} />
        <h2>
          <a href={props.href}>{props.title}</a>
        </h2>
        <p class="small soft">{props.children}</p>
      </div>
    </li>
  )
}

import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { PasskeyCard, type PasskeyModel } from '../parts/passkey-card.tsx'
import { PasskeyForm, type PasskeyOffer, WithoutPasskeys } from '../parts/passkey-form.tsx'
import { Tag } from '../parts/tag.tsx'

export interface ShownSession {
  readonly id: string
  /** "Chrome en Android". */
  readonly device: string
  /** Approximate, from the cut network address. */
  readonly place?: string
  readonly lastSeenAt: Date
  readonly current: boolean
  readonly apps: readonly string[]
  readonly endAction: string
}

export type ActivityKind =
  | 'signed-in'
  | 'sign-in-failed'
  | 'signed-out'
  | 'passkey-added'
  | 'passkey-removed'
  | 'password-changed'
  | 'email-changed'
  | 'session-ended'
  | 'kiosk-opened'
  | 'enrolment-tried'
  | 'kiosk-stopped'
  | 'call-looked-up'
  | 'call-opened'
  | 'call-code-sent'
  | 'call-verified'
  | 'call-check-failed'
  | 'call-back-planned'
  | 'call-back-told'
  | 'call-fields-read'
  | 'call-field-unmasked'
  | 'call-choices-read'
  | 'call-choices-told'
  | 'call-choices-answered'
  | 'call-disowned'
  | 'call-request-opened'
  | 'call-asked'
  | 'call-approved'
  | 'call-access'
  | 'call-declined'
  | 'call-reported'
  | 'agent-token'
  | 'agent-access'
  | 'card-issued'
  | 'till-read-card'
  | 'till-code-sent'
  | 'till-code-repeated'
  | 'notifications-on'
  | 'notifications-off'
  | 'caller-lifted'

export interface SecurityModel {
  readonly passkeys: readonly PasskeyModel[]
  readonly addPasskey: PasskeyOffer
  readonly password: { readonly changedAt?: Date; readonly href: string }
  readonly sessions: readonly ShownSession[]
  /** Ends every session but this one. */
  readonly endOthersAction?: string
  readonly calls: { readonly notificationsHref: string; readonly callersHref: string }
  readonly activity: readonly {
    readonly id: string
    readonly kind: ActivityKind
    readonly at: Date
    readonly device?: string
    readonly place?: string
  }[]
  /** After a change, the password manager hears which passkeys still count (WebAuthn Signal API). */
  readonly signal?: {
    readonly rpId: string
    readonly userId: string
    readonly credentialIds: readonly string[]
  }
}

export const SecurityView: View<SecurityModel> = {
  id: 'privacy-centre/security',
  title: (_, { t }) => t('security.title'),
  layout: 'privacy',
  modules: ['passkey'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('security.title')}>
          <p class="lead">{t('security.lead')}</p>
        </Heading>
        <Passkeys page={page} model={model} />
        <Card id="password" title={t('security.password')}>
          <p>
            {model.password.changedAt
              ? t('security.passwordChangedAt', { at: model.password.changedAt })
              : t('security.noPassword')}
          </p>
          <div class="actions">
            <ButtonLink weight="even" href={model.password.href}>
              {t(model.password.changedAt ? 'security.changePassword' : 'security.setPassword')}
            </ButtonLink>
          </div>
        </Card>
        <Sessions page={page} model={model} />
        <Card id="calls" title={t('security.calls')}>
          <p>{t('security.callsLead')}</p>
          <div class="actions">
            <ButtonLink weight="even" href={model.calls.notificationsHref}>
              {t('security.notifications')}
            </ButtonLink>
            <ButtonLink weight="even" href={model.calls.callersHref}>
              {t('security.callers')}
            </ButtonLink>
          </div>
        </Card>
        <Card id="activity" title={t('security.activity')}>
          <ul class="list-plain stack">
            {model.activity.map((entry) => (
              <li key={entry.id}>
                <p>{t(`security.activity.${entry.kind}`)}</p>
                <p class="small soft">
                  <time datetime={entry.at.toISOString()}>{t('page.moment', { at: entry.at })}</time>
                  {[entry.device, entry.place].filter(Boolean).map((part) => ` · ${part}`)}
                </p>
              </li>
            ))}
          </ul>
          <p>{t('security.notYou')}</p>
        </Card>
      </>
    )
  },
}

function Passkeys({ page, model }: { page: PageContext; model: SecurityModel }) {
  const { t } = page
  return (
    <section class="stack" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('security.passkeys')}</h2>
      {model.passkeys.length === 0 && (
        <EmptyState icon="passkey" title={t('security.noPasskeys')}>
          <p>{t('security.noPasskeysLead')}</p>
        </EmptyState>
      )}
      {model.passkeys.map((passkey) => (
        <PasskeyCard key={passkey.id} page={page} passkey={passkey} />
      ))}
      <div>
        <PasskeyForm
          page={page}
          ceremony="create"
          offer={model.addPasskey}
          words={t('security.addPasskey')}
        />
        <WithoutPasskeys words={t('security.withoutPasskeys')} />
      </div>
      {model.signal && (
        <div
          data-passkey-signal=""
          data-rp-id={model.signal.rpId}
          data-user-id={model.signal.userId}
          data-credential-ids={model.signal.credentialIds.join(' ')}
        />
      )}
    </section>
  )
}

function Sessions({ page, model }: { page: PageContext; model: SecurityModel }) {
  const { t } = page
  return (
    <section class="stack" aria-labelledby="sessions">
      <h2 id="sessions">{t('security.sessions')}</h2>
      {model.sessions.map((session) => (
        <Card
          key={session.id}
          id={`session-${session.id}`}
          title={session.device}
          level={3}
          head={session.current && <Tag tone="accent">{t('security.thisDevice')}</Tag>}
        >
          <p class="small soft">
            {t('security.lastSeen', { at: session.lastSeenAt })}
            {session.place && ` · ${session.place}`}
            {session.apps.length > 0 && ` · ${session.apps.join(', ')}`}
          </p>
          {!session.current && (
            <Form page={page} action={session.endAction}>
              <Button weight="even">
                {t('security.endSession')}
                <span class="visually-hidden">: {session.device}</span>
              </Button>
            </Form>
          )}
        </Card>
      ))}
      {model.endOthersAction && model.sessions.length > 1 && (
        <Form page={page} action={model.endOthersAction}>
          <Button weight="even">{t('security.endOthers')}</Button>
        </Form>
      )}
    </section>
  )
}

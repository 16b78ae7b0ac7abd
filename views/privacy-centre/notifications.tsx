import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Token } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { Tag } from '../parts/tag.tsx'

export interface RungBrowser {
  readonly id: string
  /** As its family is called, such as "Firefox". */
  readonly label: string
  readonly since: Date
  /** The browser this page is read with. */
  readonly here: boolean
  readonly offAction: string
}

export interface NotificationsModel {
  readonly browsers: readonly RungBrowser[]
  /** What stands before the button that turns them on here; undefined where they are on. */
  readonly turnOn:
    | { readonly needs: 'nothing'; readonly action: string; readonly key: string }
    | { readonly needs: 'passkey'; readonly href: string }
    | { readonly needs: 'proof'; readonly href: string }
    | undefined
  readonly securityHref: string
}

/** Whether this browser is rung when somebody asks for a yes on the telephone: a choice for each browser. */
export const NotificationsView: View<NotificationsModel> = {
  id: 'privacy-centre/notifications',
  title: (_, { t }) => t('notifications.title'),
  layout: 'privacy',
  modules: ['push'],
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.securityHref} words={t('privacy.security')} />
        <Heading title={t('notifications.title')}>
          <p class="lead">{t('notifications.lead')}</p>
        </Heading>
        <p>{t('notifications.says')}</p>
        <TurnOn page={page} model={model} />
        {model.browsers.length > 0 && (
          <section class="stack" aria-labelledby="browsers">
            <h2 id="browsers">{t('notifications.where')}</h2>
            {model.browsers.map((browser) => (
              <Card
                key={browser.id}
                id={`browser-${browser.id}`}
                title={browser.label}
                level={3}
                head={browser.here && <Tag tone="accent">{t('security.thisDevice')}</Tag>}
              >
                <p class="small soft">{t('notifications.since', { at: browser.since })}</p>
                <form
                  method="post"
                  action={browser.offAction}
                  class="stack"
                  {...(browser.here ? { 'data-push-off': '' } : {})}
                >
                  <Token page={page} />
                  <Button weight="even">
                    {t('notifications.turnOff')}
                    <span class="visually-hidden">: {browser.label}</span>
                  </Button>
                </form>
              </Card>
            ))}
          </section>
        )}
      </>
    )
  },
}

function TurnOn({ page, model }: { page: PageContext; model: NotificationsModel }) {
  const { t } = page
  const { turnOn } = model
  if (turnOn === undefined) return null
  if (turnOn.needs !== 'nothing') {
    const passkey = turnOn.needs === 'passkey'
    return (
      <Notice kind="info">
        <p>{t(passkey ? 'notifications.needsPasskey' : 'notifications.needsProof')}</p>
        <div class="actions">
          <ButtonLink weight="even" href={turnOn.href}>
            {t(passkey ? 'security.addPasskey' : 'notifications.prove')}
          </ButtonLink>
        </div>
      </Notice>
    )
  }
  return (
    <>
      <form
        method="post"
        action={turnOn.action}
        hidden
        class="stack stack--close"
        data-push-key={turnOn.key}
        data-text-asking={t('notifications.asking')}
        data-text-denied={t('notifications.denied')}
        data-text-failed={t('notifications.failed')}
      >
        <Token page={page} />
        <input type="hidden" name="subscription" value="" />
        <Button>{t('notifications.turnOn')}</Button>
        <p class="status small soft" role="status" />
      </form>
      <noscript>
        <Notice kind="info">
          <p>{t('notifications.withoutScript')}</p>
        </Notice>
      </noscript>
      <div data-without-push="" hidden>
        <Notice kind="info">
          <p>{t('notifications.unable')}</p>
        </Notice>
      </div>
    </>
  )
}

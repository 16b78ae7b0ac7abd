import type { PageContext, View } from '../page-context.ts'
import { EnterCard, EnterCardCode } from './sign-in-card.tsx'

/** In the order in which a customer may meet them; the page holds all, and its script shows one. */
export const kioskScreens = [
  'attract',
  'code',
  'look-at-phone',
  'not-signed-in',
  'card',
  'card-code',
  'busy',
  'offline',
  'not-set-up',
  'refused',
] as const
export type KioskScreen = (typeof kioskScreens)[number]

export interface KioskSignInModel {
  readonly screen: KioskScreen
  /** Where a phone without a camera goes: `id.tienda.example/device`. */
  readonly address: string
  /** For the script; left out, the page stays as it is. The house's time, because a kiosk's own clock may be wrong. */
  readonly live?: { readonly issuer: string; readonly now: Date }
  /** Shown until the script has the real ones. */
  readonly example?: {
    readonly place: string
    readonly code: string
    readonly number: string
    readonly nearby?: boolean
  }
}

/**
 * The kiosk before anybody is known. Codes are letters and a picture of the same; the number stands apart, because it is what
 * the phone asks for and no link carries it (RFC 10027).
 */
export const KioskSignInView: View<KioskSignInModel> = {
  id: 'kiosk/sign-in',
  title: ({ screen }, page) => titleOf(screen, page),
  layout: 'kiosk',
  wide: true,
  modules: ['kiosk'],
  body: ({ model, page }) => {
    const { live, example } = model
    return (
      <div
        class="stack stack--loose"
        data-kiosk={model.screen}
        {...(live === undefined
          ? {}
          : { 'data-issuer': live.issuer, 'data-now': String(live.now.getTime()), 'data-csrf': page.csrf })}
      >
        <h1 id="kiosk-title" tabindex={-1} data-heading>
          {titleOf(model.screen, page)}
        </h1>
        {kioskScreens.map((screen) => (
          <div
            key={screen}
            class="stack stack--loose"
            data-screen={screen}
            data-title={titleOf(screen, page)}
            hidden={screen !== model.screen}
          >
            <Screen page={page} screen={screen} model={model} />
          </div>
        ))}
        <p class="soft small" data-place>
          {example?.place ?? ''}
        </p>
        <noscript>
          <p>{page.t('kiosk.noScript')}</p>
        </noscript>
      </div>
    )
  },
}

const titleOf = (screen: KioskScreen, { t, brand }: PageContext) =>
  screen === 'attract' ? t('kiosk.attract.title', { brand: brand.name }) : t(`kiosk.${screen}.title`)

function Screen(props: { page: PageContext; screen: KioskScreen; model: KioskSignInModel }) {
  const { page, screen, model } = props
  if (screen === 'attract') return <Attract page={page} nearby={model.example?.nearby ?? false} />
  if (screen === 'code') return <Code page={page} model={model} />
  if (screen === 'look-at-phone') return <LookAtPhone page={page} model={model} />
  if (screen === 'card') return <EnterCard page={page} />
  if (screen === 'card-code') return <EnterCardCode page={page} />
  const { t } = page
  return (
    <>
      <p class="lead">{t(`kiosk.${screen}.lead`)}</p>
      {screen === 'offline' && <p>{t('kiosk.offline.alone')}</p>}
      {screen === 'not-set-up' && (
        <div>
          <a class="button button--even" href="/kiosk/setup">
            {t('kiosk.not-set-up.go')}
          </a>
        </div>
      )}
      {screen === 'not-signed-in' && (
        <div>
          <button type="button" class="button button--main" data-press="start">
            {t('kiosk.again')}
          </button>
        </div>
      )}
    </>
  )
}

/** A passkey nearby comes first where the browser can ask for one (R58); its script shows the button. */
function Attract({ page, nearby }: { page: PageContext; nearby: boolean }) {
  const { t } = page
  return (
    <>
      <p class="lead">{t('kiosk.attract.lead')}</p>
      <div class="stack" data-passkey-nearby hidden={!nearby}>
        <button type="button" class="button button--main button--wide">
          {t('kiosk.attract.passkey')}
        </button>
        <p role="status">
          <span data-passkey-failed hidden>
            {t('kiosk.attract.passkeyFailed')}
          </span>
        </p>
        <p>{t('kiosk.attract.orCode')}</p>
      </div>
      <div class="kiosk__begin">
        {page.languages.map(({ code, name, href }) => (
          <a
            key={code}
            class="button button--even"
            lang={code}
            hreflang={code}
            href={`${href}${href.includes('?') ? '&' : '?'}start=1`}
            {...(code === page.language ? { 'data-press': 'start' } : {})}
          >
            {name}
          </a>
        ))}
      </div>
      <p>{t('kiosk.attract.newcomer')}</p>
      <div class="kiosk__other">
        <p>{t('kiosk.attract.noPhone')}</p>
        <button type="button" class="button button--even" data-card-press="start">
          {t('kiosk.attract.card')}
        </button>
      </div>
    </>
  )
}

function Code({ page, model }: { page: PageContext; model: KioskSignInModel }) {
  const { t } = page
  return (
    <>
      <div class="kiosk__sides">
        <div class="stack">
          <div class="kiosk__qr" data-qr role="img" aria-label={t('kiosk.code.qr')} />
        </div>
        <div class="stack">
          <p>{t('kiosk.code.orType')}</p>
          <p class="kiosk__address">{model.address}</p>
          <p>{t('kiosk.code.code')}</p>
          <p class="kiosk__big" data-code>
            {model.example?.code ?? ''}
          </p>
          <NumberShown page={page} model={model} />
        </div>
      </div>
      <div class="kiosk__time">
        <progress class="kiosk__bar" data-bar max="120" value="80" aria-label={t('kiosk.code.time')} />
        <div class="actions">
          <button type="button" class="button button--even" data-press="more">
            {t('kiosk.code.more')}
          </button>
          <button type="button" class="button button--even" data-press="stop">
            {t('kiosk.code.stop')}
          </button>
        </div>
        <p class="visually-hidden" role="status" data-told={t('kiosk.code.renewed')} />
      </div>
      <p>{t('kiosk.code.newcomer')}</p>
    </>
  )
}

const NumberShown = ({ page, model }: { page: PageContext; model: KioskSignInModel }) => (
  <div class="stack">
    <p>{page.t('kiosk.number')}</p>
    <p class="kiosk__number" data-number>
      {model.example?.number ?? ''}
    </p>
  </div>
)

function LookAtPhone({ page, model }: { page: PageContext; model: KioskSignInModel }) {
  const { t } = page
  return (
    <>
      <p class="lead">{t('kiosk.look-at-phone.lead')}</p>
      <NumberShown page={page} model={model} />
      <div>
        <button type="button" class="button button--even" data-press="stop">
          {t('kiosk.code.stop')}
        </button>
      </div>
    </>
  )
}

import type { ComponentChildren } from 'preact'
import type { BrowserModule, PageContext } from '../page-context.ts'

/** A stylesheet for some pages only. */
export type Sheet = 'console' | 'kiosk'

/** Everything around the body. All addresses are of this origin: the CSP allows no other, and nothing inline. */
export function Document(props: {
  page: PageContext
  title: string
  modules: readonly BrowserModule[]
  refresh?: string
  looksAgain?: { readonly href: string; readonly seconds: number }
  /** A stylesheet beside the one that every page has: staff's pages and the kiosk draw what others never see. */
  sheet?: Sheet
  children: ComponentChildren
}) {
  const { page, title, modules, refresh, looksAgain, sheet, children } = props
  return (
    <html lang={page.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {refresh !== undefined && <meta http-equiv="refresh" content={`0; url=${refresh}`} />}
        {looksAgain !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={`${looksAgain.seconds}; url=${looksAgain.href}`} />
          </noscript>
        )}
        <title>{title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/placet.css" />
        {sheet !== undefined && <link rel="stylesheet" href={`/assets/${sheet}.css`} />}
        <link rel="stylesheet" href={`/assets/brand/${encodeURIComponent(page.brand.id)}.css`} />
        {modules.includes('passkey') && <script src="/assets/vendor/simplewebauthn-browser.js" defer />}
        {[...modules, 'error-focus', 'submit-once'].map((name) => (
          <script key={name} type="module" src={`/assets/${name}.js`} />
        ))}
      </head>
      <body data-sending={page.t('page.sending')}>{children}</body>
    </html>
  )
}

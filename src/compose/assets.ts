import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { brandStylesheet } from '../../views/brand.ts'
import type { BrandModel } from '../../views/page.tsx'
import { defineRoute } from '../platform/web/define-route.ts'
import type { Route } from '../platform/web/route.ts'
import { staticFiles } from '../platform/web/static-files.ts'

const own = (file: string) => new URL(`../../views/assets/${file}`, import.meta.url)
/** Both packages export what Node asks for; what browsers load lies beside it. */
const passkeys = pathToFileURL(createRequire(import.meta.url).resolve('@simplewebauthn/browser'))
const qrCodes = pathToFileURL(createRequire(import.meta.url).resolve('uqr'))

const files: Readonly<Record<string, URL>> = {
  '/assets/placet.css': own('placet.css'),
  '/assets/console.css': own('console.css'),
  '/assets/calls.js': own('calls.js'),
  '/assets/kiosk.css': own('kiosk.css'),
  '/assets/icon.svg': own('icon.svg'),
  '/assets/countdown.js': own('countdown.js'),
  '/assets/error-focus.js': own('error-focus.js'),
  '/assets/kiosk.js': own('kiosk.js'),
  '/assets/kiosk-calls.js': own('kiosk-calls.js'),
  '/assets/kiosk-card.js': own('kiosk-card.js'),
  '/assets/kiosk-closed.js': own('kiosk-closed.js'),
  '/assets/kiosk-help.js': own('kiosk-help.js'),
  '/assets/kiosk-key.js': own('kiosk-key.js'),
  '/assets/kiosk-offline.js': own('kiosk-offline.js'),
  '/assets/kiosk-passkey.js': own('kiosk-passkey.js'),
  '/assets/kiosk-post.js': own('kiosk-post.js'),
  '/assets/kiosk-qr.js': own('kiosk-qr.js'),
  '/assets/kiosk-screen.js': own('kiosk-screen.js'),
  '/assets/kiosk-setup.js': own('kiosk-setup.js'),
  '/assets/kiosk-visit.js': own('kiosk-visit.js'),
  '/assets/loyalty-card.js': own('loyalty-card.js'),
  '/assets/passkey.js': own('passkey.js'),
  '/assets/push.js': own('push.js'),
  '/assets/push-worker.js': own('push-worker.js'),
  '/assets/receipt-check.js': own('receipt-check.js'),
  '/assets/send-on.js': own('send-on.js'),
  '/assets/show-password.js': own('show-password.js'),
  '/assets/store-help.js': own('store-help.js'),
  '/assets/submit-once.js': own('submit-once.js'),
  '/assets/verify-receipt.js': own('verify-receipt.js'),
  '/assets/vendor/simplewebauthn-browser.js': new URL('../dist/bundle/index.umd.min.js', passkeys),
  '/assets/vendor/uqr.js': new URL('./index.mjs', qrCodes),
}

/** Stylesheet, browser modules and the brand's colours: everything a page loads comes from here. */
export async function assetRoutes(brand: BrandModel): Promise<readonly Route[]> {
  const css = brandStylesheet(brand)
  return [
    ...(await staticFiles(files, 'assets')),
    defineRoute({
      name: 'assets.brand',
      method: 'GET',
      path: `/assets/brand/${brand.id}.css`,
      caller: { who: 'anyone' },
      answers: [200],
      handle: async () => ({
        kind: 'file',
        status: 200,
        type: 'text/css; charset=utf-8',
        body: css,
        publicFor: 300,
      }),
    }),
  ]
}

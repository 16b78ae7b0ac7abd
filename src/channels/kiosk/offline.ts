import { createHash } from 'node:crypto'
import { kioskOfflinePage, kioskOfflineStyle } from '../../../views/kiosk/offline.tsx'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskClosedPath, kioskWorkerPath } from './paths.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')

/**
 * A worker that knows one page by heart, and nothing else: where the house cannot be reached, whatever is opened on a kiosk
 * is that page. It keeps no answer of ours, so there is nothing in the browser that could be about anybody; it takes
 * nothing in for later, so that no answer is ever waiting without the person who gave it (docs/adr/0032). The page that wipes
 * the browser is left to the network: what a worker hands on clears nothing.
 */
function offlineWorker(page: string, style: string): string {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hashOf(style)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
  return `const page = ${JSON.stringify(page)}
const headers = ${JSON.stringify(headers)}
const standIn = () => new Response(page, { status: 503, headers })
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { mode, url } = event.request
  if (mode !== 'navigate' || new URL(url).pathname === ${JSON.stringify(kioskClosedPath)}) return
  event.respondWith(
    fetch(event.request).then(
      (answer) => (answer.status === 502 || answer.status === 504 ? standIn() : answer),
      standIn,
    ),
  )
})
`
}

export const offlineRoutes = ({ brandName, timeZone }: KioskDeps['offline']): readonly Route[] => {
  const body = offlineWorker(kioskOfflinePage({ brandName, timeZone }), kioskOfflineStyle)
  return [
    defineRoute({
      name: 'kiosk.offline',
      method: 'GET',
      path: kioskWorkerPath,
      caller: { who: 'anyone' },
      answers: [200],
      handle: async () => ({ kind: 'file', status: 200, type: 'text/javascript; charset=utf-8', body }),
    }),
  ]
}

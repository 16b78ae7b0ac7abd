// @ts-check
// Shows what the house sends to this browser, and opens the page it is about. It controls no page and fetches nothing.

/**
 * What of a worker's world is used here; the library of types knows it only in place of the page's.
 * @typedef {Event & { waitUntil(work: Promise<unknown>): void }} Extendable
 * @typedef {Extendable & { data: { json(): { title?: string, body?: string, path?: string, lang?: string, until?: number } } | null }} Push
 * @typedef {Extendable & { notification: Notification }} Click
 * @typedef {{ registration: ServiceWorkerRegistration, clients: { openWindow(url: string): Promise<unknown> } }} World
 */
const world = /** @type {World} */ (/** @type {unknown} */ (globalThis))

/** The only kind of page a notification leads to, whatever it says. */
const page = /^\/call-approval\/[A-Za-z0-9_-]{43}$/

/**
 * Takes away what is over: a request lives for minutes, and what lies there afterwards only hides the next one.
 * @param {number} now
 */
async function takeAway(now) {
  for (const one of await world.registration.getNotifications()) {
    if (!(Number(one.data?.until) > now)) one.close()
  }
}

/** @param {{ title?: string, body?: string, path?: string, lang?: string, until?: number }} message */
async function show({ title = '', body = '', path = '', lang = 'es', until = 0 }) {
  await takeAway(Date.now())
  /** @type {NotificationOptions & { renotify: boolean }} */
  const options = {
    body,
    lang,
    // One for each request. One that takes the place of another rings only where it is told to (Notifications standard).
    tag: path,
    renotify: true,
    icon: '/assets/icon.svg',
    requireInteraction: true,
    data: { path, until },
  }
  await world.registration.showNotification(title, options)
  // A browser may stop the worker before; then the next message finds it, and the page says that it is over.
  const left = until - Date.now()
  if (left <= 0) return
  await new Promise((done) => setTimeout(done, left))
  await takeAway(until)
}

addEventListener('push', (event) => {
  const push = /** @type {Push} */ (event)
  push.waitUntil(show(push.data?.json() ?? {}))
})

addEventListener('notificationclick', (event) => {
  const click = /** @type {Click} */ (event)
  const path = String(click.notification.data?.path)
  click.notification.close()
  if (page.test(path)) click.waitUntil(world.clients.openWindow(path))
})

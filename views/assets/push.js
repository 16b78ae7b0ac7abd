// @ts-check
// Turns notifications on for this browser once its owner pressed the button, and never before. The form carries the key of
// the house; what the browser answers goes into the hidden field `subscription` and the form is sent as any other.

/** Below this address there is no page, so the worker controls none. */
const scope = '/assets/push/'
const worker = '/assets/push-worker.js'

/** The one address that this page may run a worker from. Made at once, so that nobody else makes this policy (Trusted Types). */
const address = (() => {
  try {
    const policy = Reflect.get(window, 'trustedTypes')?.createPolicy('placet-push', {
      createScriptURL: () => worker,
    })
    return policy ? policy.createScriptURL('') : worker
  } catch {
    return undefined
  }
})()
const able =
  address !== undefined && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** @param {ServiceWorkerRegistration} registration @returns {Promise<void>} */
const active = ({ installing, waiting }) =>
  new Promise((resolve) => {
    const next = installing ?? waiting
    if (!next) return resolve()
    next.addEventListener('statechange', () => next.state === 'activated' && resolve())
  })

/** @param {HTMLFormElement} form */
async function subscribe(form) {
  const registration = await navigator.serviceWorker.register(address, { scope })
  await active(registration)
  // One of another account, or of a key of before.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  return registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: form.dataset.pushKey ?? '',
  })
}

/** @param {HTMLFormElement} form */
async function turnOn(form) {
  if (form.dataset.busy) return
  form.dataset.busy = '1'
  const status = form.querySelector('[role="status"]')
  const tell = (/** @type {string} */ name) => {
    if (status) status.textContent = form.getAttribute(`data-text-${name}`)
  }
  tell('asking')
  try {
    if ((await Notification.requestPermission()) !== 'granted') throw new DOMException('', 'NotAllowedError')
    const field = form.elements.namedItem('subscription')
    if (field instanceof HTMLInputElement) field.value = JSON.stringify(await subscribe(form))
    form.submit()
  } catch (error) {
    tell(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'failed')
    delete form.dataset.busy
  }
}

for (const form of document.querySelectorAll('form[data-push-key]')) {
  if (!(form instanceof HTMLFormElement)) continue
  form.hidden = !able
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void turnOn(form)
  })
}
for (const words of document.querySelectorAll('[data-without-push]')) {
  if (words instanceof HTMLElement) words.hidden = able
}
for (const form of document.querySelectorAll('form[data-push-off]')) {
  // The house forgets this browser either way; that the browser forgets the house is a courtesy.
  form.addEventListener('submit', async () => {
    const registration = await navigator.serviceWorker?.getRegistration(scope)
    await (await registration?.pushManager.getSubscription())?.unsubscribe()
  })
}

// @ts-check
// Passkeys. Every form carries data-passkey="sign-in|create" and data-options, the address that answers a POST
// with the options of the ceremony. The result goes into the hidden field `response` and the form is sent as any other.

/** @type {typeof import('@simplewebauthn/browser') | undefined} */
const webauthn = Reflect.get(window, 'SimpleWebAuthnBrowser')

/** Silent creation never answers in some browsers, so it is given up after three seconds. */
const silentLimit = 3000

/** @param {HTMLFormElement} form */
async function optionsOf(form) {
  const token = form.querySelector('input[name="_csrf"]')
  const answer = await fetch(form.dataset.options ?? '', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'x-csrf-token': token instanceof HTMLInputElement ? token.value : '',
      ...(form.dataset.silent === undefined ? {} : { 'x-passkey-silent': '1' }),
    },
  })
  if (!answer.ok) throw new Error(`options ${answer.status}`)
  return answer.json()
}

/** @param {HTMLFormElement} form @param {string} name */
function tell(form, name) {
  const place = form.querySelector('[role="status"]')
  if (place) place.textContent = form.getAttribute(`data-text-${name}`) ?? ''
}

/** @param {HTMLFormElement} form @param {object} response */
function send(form, response) {
  const field = form.elements.namedItem('response')
  if (field instanceof HTMLInputElement) field.value = JSON.stringify(response)
  form.submit()
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'InvalidStateError') return 'known'
  return error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'cancelled' : 'failed'
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  if (!webauthn || form.dataset.busy) return
  form.dataset.busy = '1'
  // A waiting autofill holds the authenticator; it must let go before another ceremony begins.
  webauthn.WebAuthnAbortService.cancelCeremony()
  tell(form, 'waiting')
  try {
    const optionsJSON = await optionsOf(form)
    const response =
      form.dataset.passkey === 'create'
        ? await webauthn.startRegistration({ optionsJSON })
        : await webauthn.startAuthentication({ optionsJSON })
    tell(form, 'done')
    send(form, response)
  } catch (error) {
    tell(form, reason(error))
    delete form.dataset.busy
  }
}

/** Offers the person's passkeys in the e-mail field. Silence is the only answer to failure. @param {HTMLFormElement} form */
async function offerInField(form) {
  if (!webauthn || !(await webauthn.browserSupportsWebAuthnAutofill())) return
  try {
    const optionsJSON = await optionsOf(form)
    send(form, await webauthn.startAuthentication({ optionsJSON, useBrowserAutofill: true }))
  } catch {}
}

/** Makes a passkey without asking, right after a password sign-in, where the browser allows it. @param {HTMLFormElement} form */
async function createSilently(form) {
  const able = await PublicKeyCredential.getClientCapabilities?.()
  if (!webauthn || !able?.conditionalCreate) return
  const giveUp = setTimeout(() => webauthn.WebAuthnAbortService.cancelCeremony(), silentLimit)
  try {
    const optionsJSON = await optionsOf(form)
    const response = await webauthn.startRegistration({ optionsJSON, useAutoRegister: true })
    const mark = form.elements.namedItem('automatic')
    if (mark instanceof HTMLInputElement) mark.value = '1'
    send(form, response)
  } catch {
  } finally {
    clearTimeout(giveUp)
  }
}

/** Tells the password manager which passkeys still work here (WebAuthn Signal API). @param {HTMLElement} place */
function signal(place) {
  const { rpId = '', userId, credentialIds, unknown } = place.dataset
  if (unknown) PublicKeyCredential.signalUnknownCredential?.({ rpId, credentialId: unknown }).catch(() => {})
  if (userId) {
    const allAcceptedCredentialIds = (credentialIds ?? '').split(' ').filter(Boolean)
    PublicKeyCredential.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds }).catch(
      () => {},
    )
  }
}

if (webauthn?.browserSupportsWebAuthn()) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    if (!(form instanceof HTMLFormElement)) continue
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void ask(form)
    })
    if (form.dataset.autofill !== undefined) void offerInField(form)
    if (form.dataset.silent !== undefined) void createSilently(form)
  }
  for (const place of document.querySelectorAll('[data-passkey-signal]')) {
    if (place instanceof HTMLElement) signal(place)
  }
} else {
  for (const words of document.querySelectorAll('[data-without-passkeys]')) words.removeAttribute('hidden')
}

// @ts-check
// The passkey on somebody's own phone, near this kiosk (hybrid transport): no code, no number, and nothing a phisher could
// pass on. Offered before the code wherever the browser can, and only by a kiosk that has its key.
import { readTerminal } from './kiosk-key.js'
import { post } from './kiosk-post.js'

const button = document.querySelector('[data-passkey-nearby]')
const root = document.querySelector('[data-kiosk]')

async function canAskNearby() {
  const capabilities = await Reflect.get(PublicKeyCredential, 'getClientCapabilities')?.call(
    PublicKeyCredential,
  )
  return capabilities?.hybridTransport === true && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

if (button instanceof HTMLElement && root instanceof HTMLElement && root.dataset.issuer) {
  const { csrf = '' } = root.dataset

  /** @param {string} path @param {object} [more] */
  const ask = async (path, more = {}) => {
    const { status, body } = await post(path, more, csrf)
    if (status >= 300) throw new Error(`${status}`)
    return body
  }

  const signIn = async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('/kiosk/passkey/options'))
    const credential = await navigator.credentials.get({
      publicKey: Object.assign(publicKey, { hints: ['hybrid'] }),
    })
    if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey')
    const { next } = await ask('/kiosk/passkey', { response: JSON.stringify(credential.toJSON()) })
    location.replace(`${next}?lang=${document.documentElement.lang}`)
  }

  Promise.all([canAskNearby(), readTerminal()]).then(
    ([can, terminal]) => {
      button.hidden = !can || terminal === undefined
    },
    () => {},
  )
  const failed = document.querySelector('[data-passkey-failed]')
  button.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('button')) return
    signIn().catch(() => {
      if (failed instanceof HTMLElement) failed.hidden = false
    })
  })
}

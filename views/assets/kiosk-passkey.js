// @ts-check
// The passkey on somebody's own phone, near this kiosk (hybrid transport): no code, no number, and nothing a phisher could
// pass on. Offered before the code wherever the browser can, and only by a kiosk that has its key.
import { dpop, readTerminal } from './kiosk-key.js'

const button = document.querySelector('[data-passkey-nearby]')
const root = document.querySelector('[data-kiosk]')

async function canAskNearby() {
  const capabilities = await Reflect.get(PublicKeyCredential, 'getClientCapabilities')?.call(
    PublicKeyCredential,
  )
  return capabilities?.hybridTransport === true && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

if (button instanceof HTMLElement && root instanceof HTMLElement && root.dataset.issuer) {
  const began = performance.now()
  const { issuer, csrf = '', now = '' } = root.dataset

  /** @param {string} path @param {object} [more] */
  const post = async (path, more) => {
    const terminal = await readTerminal()
    if (terminal === undefined) throw new Error('no key')
    const seconds = Math.floor((Number(now) + performance.now() - began) / 1000)
    const answer = await fetch(path, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        dpop: await dpop(terminal, `${issuer}${path}`, seconds),
        'x-csrf-token': csrf,
      },
      body: JSON.stringify({ client_id: terminal.clientId, ...more }),
    })
    if (!answer.ok) throw new Error(`${answer.status}`)
    return answer.json()
  }

  const signIn = async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post('/kiosk/passkey/options'))
    const credential = await navigator.credentials.get({
      publicKey: Object.assign(publicKey, { hints: ['hybrid'] }),
    })
    if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey')
    const { next } = await post('/kiosk/passkey', { response: JSON.stringify(credential.toJSON()) })
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

// @ts-check
// Brings this browser into service as a kiosk: its key, the code of a member of staff, and nothing else.
import { keepTerminal, makeKey, sign } from './kiosk-key.js'

const page = document.querySelector('[data-setup]')
const form = document.getElementById('setup')
if (form instanceof HTMLFormElement && page instanceof HTMLElement) {
  const issuer = page.dataset.setup ?? ''
  const tell = (/** @type {string} */ outcome) => {
    for (const one of document.querySelectorAll('[data-told]')) {
      if (one instanceof HTMLElement) one.hidden = one.dataset.told !== outcome
    }
    form.hidden = outcome === 'done'
  }
  // A link or a QR code of whoever works here may bring the code along; what stands after # reaches no server and no log.
  const brought = new URLSearchParams(location.hash.slice(1)).get('code')
  const field = form.elements.namedItem('code')
  if (brought !== null && field instanceof HTMLInputElement) {
    field.value = brought.slice(0, field.maxLength)
    history.replaceState(null, '', `${location.pathname}${location.search}`)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const code = String(new FormData(form).get('code') ?? '').trim()
    enrol(code).then(tell, () => tell('unreachable'))
  })

  /** @param {string} code */
  const enrol = async (code) => {
    const { key, jwk } = await makeKey()
    const proof = await sign(key, { typ: 'placet-terminal-enrolment+jwt' }, { code, aud: issuer })
    const answer = await fetch('/kiosk/enrol', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ code, jwk, proof }),
    })
    if (answer.status >= 500) return 'unreachable'
    if (answer.status !== 201) return 'wrong'
    const { client_id: clientId, name } = await answer.json()
    await keepTerminal({ clientId, name, key, jwk })
    return 'done'
  }
}

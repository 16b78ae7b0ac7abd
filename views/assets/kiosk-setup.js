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

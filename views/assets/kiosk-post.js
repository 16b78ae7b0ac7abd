// @ts-check
// What a kiosk sends to the house beside the protocol: signed with its key, and by the house's own time, because the clock
// of a kiosk may be wrong by years.
import { dpop, readTerminal } from './kiosk-key.js'

const began = performance.now()
const root = document.querySelector('[data-kiosk]')
/** @type {number | undefined} milliseconds, of the house, when this page began */
let house = root instanceof HTMLElement && root.dataset.now ? Number(root.dataset.now) : undefined

async function seconds() {
  if (house === undefined) {
    const asked = performance.now() - began
    const { headers } = await fetch('/kiosk/alive', { cache: 'no-store' })
    house = Date.parse(headers.get('date') ?? '') - asked
  }
  return Math.floor((house + performance.now() - began) / 1000)
}

/**
 * @param {string} path
 * @param {object} more
 * @param {string} csrf
 * @returns {Promise<{ status: number, body: any }>}
 */
export async function post(path, more, csrf) {
  const terminal = await readTerminal()
  if (terminal === undefined) throw new Error('no key')
  const answer = await fetch(path, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      dpop: await dpop(terminal, `${location.origin}${path}`, await seconds()),
      'x-csrf-token': csrf,
    },
    body: JSON.stringify({ client_id: terminal.clientId, ...more }),
  })
  if (answer.status >= 500) throw new Error(`${answer.status}`)
  return { status: answer.status, body: await answer.json() }
}

// @ts-check
// What a kiosk asks the house: for codes and tokens as the client it is, and for a visit with the token it got.
import { assertion, dpop } from './kiosk-key.js'
import './kiosk-card.js'
import './kiosk-help.js'
import './kiosk-offline.js'
import './kiosk-passkey.js'

/** @typedef {import('./kiosk-key.js').Terminal} Terminal */
/** @typedef {{ device_code: string, user_code: string, verification_uri_complete: string, interval: number, expires_in: number, binding_number: string }} Code */
/** @typedef {{ code: Code, asked: number, every: number, next: number, claimed: boolean }} Flow */

/**
 * @param {Terminal} terminal
 * @param {string} issuer
 * @param {() => number} now the house's seconds
 */
export const callsOf = (terminal, issuer, now) => ({
  /**
   * @param {string} path
   * @param {Record<string, string>} fields
   */
  async ask(path, fields) {
    const url = `${issuer}${path}`
    const answer = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', dpop: await dpop(terminal, url, now()) },
      body: new URLSearchParams({
        client_id: terminal.clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(terminal, issuer, now()),
        ...fields,
      }),
    })
    if (answer.status >= 500) throw new Error(`${answer.status}`)
    return {
      status: answer.status,
      body: await answer.json(),
      retry: Number(answer.headers.get('retry-after')),
    }
  },

  /**
   * Where the visit goes on; undefined when the token opened none.
   * @param {string} token
   * @param {string} csrf
   * @returns {Promise<string | undefined>}
   */
  async visit(token, csrf) {
    const url = `${issuer}/kiosk/session`
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `DPoP ${token}`,
        dpop: await dpop(terminal, url, now(), token),
        'x-csrf-token': csrf,
      },
    })
    return answer.status === 201 ? (await answer.json()).next : undefined
  },
})

// @ts-check
// The key of this kiosk. It is made here, cannot be read out, and lives in the browser's database beside the kiosk's name.

/** @typedef {{ clientId: string, name: string, key: CryptoKeyPair, jwk: JsonWebKey }} Terminal */

const encoder = new TextEncoder()
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/**
 * @template Result
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<Result>} act
 * @returns {Promise<Result>}
 */
const inStore = (mode, act) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('placet-kiosk', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('terminal')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const request = act(opening.result.transaction('terminal', mode).objectStore('terminal'))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    }
  })

/** @returns {Promise<Terminal | undefined>} */
export const readTerminal = () => inStore('readonly', (store) => store.get('this'))

/** @param {Terminal} terminal */
export const keepTerminal = (terminal) => inStore('readwrite', (store) => store.put(terminal, 'this'))

export async function makeKey() {
  const key = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey)
  return { key, jwk: { kty, crv, x, y } }
}

/**
 * @param {CryptoKeyPair} key
 * @param {object} header
 * @param {object} claims
 */
export async function sign(key, header, claims) {
  const part = (/** @type {object} */ value) => base64url(encoder.encode(JSON.stringify(value)))
  const input = `${part({ alg: 'ES256', ...header })}.${part(claims)}`
  const signed = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key.privateKey,
    encoder.encode(input),
  )
  return `${input}.${base64url(signed)}`
}

/**
 * A proof of this key for one request (RFC 9449).
 * @param {Terminal} terminal
 * @param {string} url
 * @param {number} now seconds
 * @param {string} [token]
 */
export async function dpop({ key, jwk }, url, now, token) {
  const ath = token && base64url(await crypto.subtle.digest('SHA-256', encoder.encode(token)))
  const claims = { htm: 'POST', htu: url, jti: crypto.randomUUID(), iat: now, ...(ath ? { ath } : {}) }
  return sign(key, { typ: 'dpop+jwt', jwk }, claims)
}

/**
 * What shows the token endpoint which client asks (RFC 7523).
 * @param {Terminal} terminal
 * @param {string} issuer
 * @param {number} now seconds
 */
export const assertion = ({ key, clientId }, issuer, now) =>
  sign(
    key,
    {},
    { iss: clientId, sub: clientId, aud: issuer, jti: crypto.randomUUID(), iat: now, exp: now + 50 },
  )

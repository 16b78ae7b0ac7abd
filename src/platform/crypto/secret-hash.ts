import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * For secrets with 128 bits of entropy or more (tokens, client secrets, recovery codes): nothing to guess, so one SHA-256
 * is enough and a slow hash would only be a way to keep the server busy.
 */
export const secretHash = (secret: string): Uint8Array => createHash('sha256').update(secret, 'utf8').digest()

export const secretMatches = (secret: string, hash: Uint8Array): boolean => equal(secretHash(secret), hash)

/**
 * For one-time codes: six digits fall to a plain hash in microseconds, so they are kept under a server key (R67).
 * `binding` names transaction, purpose and recipient; a code given for one is wrong for any other.
 */
export const codeHash = (key: Uint8Array, binding: string, code: string): Uint8Array =>
  createHmac('sha256', key)
    .update(JSON.stringify([binding, code]), 'utf8')
    .digest()

export const codeMatches = (key: Uint8Array, binding: string, code: string, hash: Uint8Array): boolean =>
  equal(codeHash(key, binding, code), hash)

const equal = (a: Uint8Array, b: Uint8Array) => a.byteLength === b.byteLength && timingSafeEqual(a, b)

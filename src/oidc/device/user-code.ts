/** RFC 8628 6.1: twenty consonants, so that no word comes of it and nothing is read for something else; 20^8 is 34.6 bits (R39). */
export const userCodeMask = '****-****'
const shape = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/

/**
 * A code as somebody typed it or as it came in a link, in the writing it is kept in; undefined when it can be nobody's. How it
 * is written does not matter: small letters, spaces and dashes are how people copy from a screen.
 */
export function normalUserCode(typed: string): string | undefined {
  const code = typed
    .slice(0, 40)
    .toUpperCase()
    .replaceAll(/[\s\-–—.]/g, '')
  return shape.test(code) ? code : undefined
}

/** As it stands on the screen. */
export const shownUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

import type { Cookie } from './answer.ts'

/** Cookie that remembers the language a person chose; it says nothing else about them. */
export const languageCookie = 'placet_language'

/**
 * Cookie names for a deployment: `__Host-` on https, which binds a cookie to the exact host and to Secure; plain on
 * loopback http, where browsers refuse the prefix.
 */
export const cookieName = (base: string, https: boolean): string => (https ? `__Host-${base}` : base)

/** RFC 6265 4.1.1: a name is a token, a value has no spaces, quotes, commas, semicolons or backslashes. */
const nameShape = /^[\w!#$%&'*+.^`|~-]+$/
const valueShape = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/
const pathShape = /^\/[\x20-\x3a\x3c-\x7e]*$/

export function serializeCookie(cookie: Cookie, https: boolean): string {
  const { name, value = '', path = '/' } = cookie
  if (!nameShape.test(name) || !valueShape.test(value) || !pathShape.test(path)) {
    throw new Error(
      `The cookie ${nameShape.test(name) ? name : '?'} has characters that cookies cannot carry.`,
    )
  }
  const parts = [
    `${name}=${value}`,
    `Path=${name.startsWith('__Host-') ? '/' : path}`,
    'HttpOnly',
    'SameSite=Lax',
  ]
  if (https) parts.push('Secure')
  if (cookie.value === undefined) parts.push('Max-Age=0')
  else if (cookie.maxAgeSeconds !== undefined) parts.push(`Max-Age=${cookie.maxAgeSeconds}`)
  return parts.join('; ')
}

/** RFC 6265 5.4: pairs parted by `; `; the first of a name wins, as the more specific path is sent first. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

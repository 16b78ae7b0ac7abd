import type { Cookie } from './answer.ts'

/**
 * Cookie names for a deployment: `__Host-` on https, which binds a cookie to the exact host and to Secure; plain on
 * loopback http, where browsers refuse the prefix.
 */
export const cookieName = (base: string, https: boolean): string => (https ? `__Host-${base}` : base)

export function serializeCookie(cookie: Cookie, https: boolean): string {
  const parts = [
    `${cookie.name}=${cookie.value ?? ''}`,
    `Path=${https && cookie.name.startsWith('__Host-') ? '/' : (cookie.path ?? '/')}`,
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

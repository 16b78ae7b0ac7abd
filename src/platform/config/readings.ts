import ipaddr from 'ipaddr.js'
import { z } from 'zod'

// How single variables are read. Each answers undefined for what it cannot accept.
export const integer = (text: string, least: number, most: number): number | undefined =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .safeParse(text).data

export const oneOf = <Value extends string>(text: string, values: readonly Value[]): Value | undefined =>
  values.find((value) => value === text)

/** Names a browser resolves to this machine without asking anybody (RFC 6761, 6.3), and its addresses. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
  hostname === '[::1]'

export const databaseUrl = (text: string): string | undefined =>
  /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined

export function httpUrl(text: string): URL | undefined {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined
}

export function smtpUrl(text: string): string | undefined {
  const url = URL.parse(text)
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' ? text : undefined
}

const list = (text: string) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

export function countryList(text: string): readonly string[] | undefined {
  const countries = list(text)
  return countries.length > 0 && countries.every((one) => country(one) !== undefined) ? countries : undefined
}

export function originList(text: string): readonly string[] | undefined {
  const origins = list(text)
  return origins.every((origin) => URL.parse(origin)?.origin === origin) ? origins : undefined
}

/** Addresses and networks. One that contains everything would let any client write its own address (R114). */
export function trustedProxies(text: string): readonly string[] | undefined {
  const entries = list(text)
  const usable = entries.every((entry) => {
    if (ipaddr.isValid(entry)) return true
    return ipaddr.isValidCIDR(entry) && ipaddr.parseCIDR(entry)[1] > 0
  })
  return usable ? entries : undefined
}

/** The name of a header that is a proxy's own to set: none that says something else already, or that browsers send. */
export const ownHeader = (text: string): string | undefined =>
  /^[a-z0-9-]{1,60}$/i.test(text) && !spokenFor.test(text) ? text.toLowerCase() : undefined

const spokenFor =
  /^(accept.*|authorization|content-.*|cookie|dpop|forwarded|host|idempotency-key|origin|referer|sec-.*|user-agent|x-csrf-token|x-forwarded-.*)$/i

/** ISO 3166-1 alpha-2, as rule packs are named by. */
export const country = (text: string): string | undefined => (/^[A-Z]{2}$/.test(text) ? text : undefined)

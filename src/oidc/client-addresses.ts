/** This machine: by address, or by a name that never resolves to another one (RFC 6761 6.3). */
const loopback = (hostname: string): boolean =>
  hostname === '127.0.0.1' || hostname === '[::1]' || /(^|\.)localhost$/.test(hostname)
const forbidden = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
  'about:',
  'ws:',
  'wss:',
  'ftp:',
])
/** A scheme of an app's own: a domain turned round, so that it belongs to somebody (RFC 8252 7.1). */
const reverseDomain = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/
/** Anything but printable ASCII: spaces, controls, and letters that only look like others. */
const unprintable = /[^!-~]/

const words = {
  malformed: 'is no absolute address of printable ASCII; write it whole, as in https://shop.example/callback',
  fragment: 'has a fragment, which never reaches a server (RFC 6749 3.1.2); leave out # and what follows',
  wildcard: 'has a wildcard, which sends codes to whoever gets a matching name; write every address in full',
  credentials: 'has a name or password in it; leave out what stands before @',
  scheme: 'has a scheme that no browser may be sent to; write https://',
  'private-scheme':
    'has a scheme of an app’s own; write https://, or say "application_type": "native" if it is an installed app (RFC 8252)',
  'unowned-scheme':
    'has a scheme that belongs to nobody; write a domain of yours turned round, as in com.example.app:/callback (RFC 8252 7.1)',
  http: 'is plain http to another machine; write https://, or http:// with localhost, 127.0.0.1 or [::1]',
} as const

export type AddressFault = keyof typeof words

export const addressWords = (fault: AddressFault): string => words[fault]

/** Why a redirect address is not acceptable, or undefined (R3). Checked on the text, not on what a parser made of it. */
export function redirectFault(uri: string, application: 'web' | 'native'): AddressFault | undefined {
  if (unprintable.test(uri) || uri.includes('\\')) return 'malformed'
  const url = URL.parse(uri)
  if (url === null) return 'malformed'
  if (uri.includes('#')) return 'fragment'
  if (uri.includes('*')) return 'wildcard'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (forbidden.has(url.protocol)) return 'scheme'
  if (url.protocol === 'https:') return url.hostname === '' ? 'malformed' : undefined
  if (url.protocol === 'http:') return loopback(url.hostname) ? undefined : 'http'
  if (application === 'web') return 'private-scheme'
  return reverseDomain.test(url.protocol) ? undefined : 'unowned-scheme'
}

/** The same for an address that is a page or a document: its fragment leads to a place in it. */
export const pageFault = (uri: string): AddressFault | undefined =>
  redirectFault(uri.replace(/#[!-~]*$/, ''), 'web')

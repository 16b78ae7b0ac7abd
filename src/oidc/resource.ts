import type { SigningAlgorithm } from '../platform/crypto/index.ts'
import { lifetimes } from './lifetimes.ts'

/** A service that accepts our access tokens (RFC 8707), as it is registered. */
export interface Resource {
  /** What a client writes as `resource`, and the service finds as `aud`; compared letter by letter. */
  readonly identifier: string
  /** What people read where they allow a client. */
  readonly name: string
  /** A JWT is verified by the service itself, an opaque token introspected; see RFC 9068. */
  readonly tokenFormat: 'opaque' | 'jwt'
  /** Undefined where nothing is signed. */
  readonly signingAlg: SigningAlgorithm | undefined
  readonly scopes: readonly string[]
  readonly lifetimeSeconds: number
  /** Whether anything it gives out about people hangs on their consent. */
  readonly consentGated: boolean
  /** Clients that stand for it: they may introspect the tokens meant for it. */
  readonly introspectors: readonly string[]
  /** Who may ask for its tokens, and for which of its scopes. Nobody else may. */
  readonly clients: Readonly<Record<string, readonly string[]>>
}

export interface RegisteredResource extends Resource {
  readonly createdAt: Date
  /** Since when no token is given out for it. */
  readonly retiredAt: Date | undefined
}

/** R26, and the table's own check. A shorter life than the least is spent before the token is used. */
export const lifetimeBounds = { least: 30, most: lifetimes.accessToken } as const

/** Unless it says so itself: half as long for a JWT, because that one outlives a withdrawal. */
export const usualLifetime = (format: Resource['tokenFormat']): number =>
  format === 'jwt' ? lifetimes.jwtAccessToken : lifetimes.accessToken

const identifierWords = {
  malformed: 'is no absolute URI of printable ASCII; write it whole, as in https://stock.example.com',
  fragment: 'has a fragment, which RFC 8707 2 forbids; leave out # and what follows',
  query: 'has a query, which RFC 8707 2 advises against; leave out ? and what follows',
  credentials: 'has a name or password in it; leave out what stands before @',
  scheme: 'is neither https nor a URN; write https://… or urn:…, which need not answer, only be yours',
  'not-canonical':
    'can be written in another way, and is compared letter by letter; write host and path as a browser shows them',
  'of-the-house': 'is an address of this house, which has its own API; write the address of the service',
} as const

/** Why this is no name for a service; undefined when it is one. */
export function identifierFault(
  identifier: string,
  issuer: URL,
): { readonly code: keyof typeof identifierWords; readonly words: string } | undefined {
  const code = faultOf(identifier, issuer)
  return code === undefined ? undefined : { code, words: identifierWords[code] }
}

function faultOf(identifier: string, issuer: URL): keyof typeof identifierWords | undefined {
  const url = URL.parse(identifier)
  if (url === null || identifier.length > 500 || /[^!-~]/.test(identifier)) return 'malformed'
  if (identifier.includes('#')) return 'fragment'
  if (identifier.includes('?')) return 'query'
  if (url.origin === issuer.origin) return 'of-the-house'
  // RFC 8141 2: a namespace of two letters at least, and a name in it.
  if (url.protocol === 'urn:')
    return /^urn:[a-z0-9][a-z0-9-]*[a-z0-9]:./.test(identifier) ? undefined : 'malformed'
  if (url.protocol !== 'https:') return 'scheme'
  if (url.username !== '' || url.password !== '') return 'credentials'
  return url.href === identifier || url.href === `${identifier}/` ? undefined : 'not-canonical'
}

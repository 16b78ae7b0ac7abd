import type { Payload } from './request-unit.ts'

/** What a client asks for that the person is to answer. */
export interface Asks {
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly resources: Readonly<Record<string, readonly string[]>>
}

/** The person is asked although everything was answered before: by the client's wish, or because it may be imitated. */
const askedAnew = ['consent_prompt', 'native_client_prompt']

/**
 * What the page of a client is about: what was never answered, and everything the request names where the person is
 * asked anew. The page and the keeping of its answer both go by this, so that an answer covers exactly what was shown.
 */
export function asksIn(prompt: unknown, params: unknown): Asks {
  const { reasons, details } = record(prompt)
  const missing = record(details)
  const never = {
    scopes: names(missing['missingOIDCScope']),
    claims: names(missing['missingOIDCClaims']),
    resources: Object.fromEntries(
      Object.entries(record(missing['missingResourceScopes'])).map(([indicator, scopes]) => [
        indicator,
        names(scopes),
      ]),
    ),
  }
  if (!names(reasons).some((reason) => askedAnew.includes(reason))) return never
  const { scope, claims } = record(params)
  const named = record(parsed(claims))
  const claimNames = ['id_token', 'userinfo'].flatMap((place) => Object.keys(record(named[place])))
  return {
    scopes: [...new Set([...words(scope), ...never.scopes])],
    claims: [...new Set([...claimNames, ...never.claims])],
    resources: never.resources,
  }
}

const record = (value: unknown): Payload =>
  typeof value === 'object' && value !== null ? (value as Payload) : {}
export const words = (value: unknown) => (typeof value === 'string' ? value.split(' ').filter(Boolean) : [])
export const names = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
/** The engine checked the parameter when the request came in, so it parses. */
export const parsed = (claims: unknown): unknown => (typeof claims === 'string' ? JSON.parse(claims) : claims)

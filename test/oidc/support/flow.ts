import { createHash, randomBytes } from 'node:crypto'
import type { Assurance } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { callback, secretOf } from './arrange.ts'
import { type Browser, openBrowser } from './browser.ts'

export const basic = (clientId: string, secret = secretOf(clientId)) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export interface Ask {
  readonly clientId: string
  readonly scope?: string
  readonly more?: Record<string, string>
}

export function authorizeUrl(issuer: string, ask: Ask, challenge: string): string {
  const query = new URLSearchParams({
    client_id: ask.clientId,
    response_type: 'code',
    redirect_uri: callback,
    scope: ask.scope ?? 'openid',
    state: 'st-1',
    nonce: 'n-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...ask.more,
  })
  return `${issuer}/oidc/auth?${query}`
}

export interface Arrival {
  /** Parameters the client got back at its redirect address. */
  readonly back: URLSearchParams
  readonly prompts: readonly string[]
}

export interface Person {
  readonly subjectId: SubjectId
  readonly assurance?: Assurance
  readonly remember?: boolean
  /** What they allow on the authorize-client page; all that is asked when left out. */
  readonly allows?: { readonly scopes?: string[]; readonly claims?: string[] }
  readonly aborts?: boolean
}

/** Walks through the sign-in of a person until the browser leaves for the client. */
export async function walk(
  origin: string,
  browser: Browser,
  start: string,
  person?: Person,
): Promise<Arrival> {
  const prompts: string[] = []
  let location = start
  for (let hops = 0; hops < 12; hops += 1) {
    if (!location.startsWith(origin)) return { back: new URL(location).searchParams, prompts }
    const { pathname } = new URL(location)
    let response: Response
    if (pathname.startsWith('/sign-in/')) {
      const open = (await (await browser.get(location)).json()) as {
        prompt: string
        asks: { scopes: string[]; claims: string[]; resources: Record<string, string[]> }
      }
      prompts.push(open.prompt)
      if (person === undefined) throw new Error(`nobody is there for the ${open.prompt} page`)
      const step = person.aborts === true ? 'abort' : open.prompt
      const body =
        open.prompt === 'login' ? person : open.prompt === 'consent' ? { ...open.asks, ...person.allows } : {}
      response = await browser.post(`${location}/${step}`, JSON.stringify(body))
    } else {
      response = await browser.get(location)
    }
    const next = response.headers.get('location')
    if (next === null) throw new Error(`stuck at ${pathname}: ${response.status} ${await response.text()}`)
    // R12: 307 and 308 would send a credential on with the redirect.
    if (response.status !== 303) throw new Error(`${pathname} redirects with ${response.status}`)
    location = new URL(next, location).href
  }
  throw new Error('too many redirects')
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token?: string
  readonly id_token: string
  readonly scope: string
  readonly expires_in: number
  readonly token_type: string
  readonly error?: string
}

export async function tokenRequest(
  origin: string,
  clientId: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${origin}/oidc/token`, {
    method: 'POST',
    headers: {
      authorization: basic(clientId),
      accept: 'application/json',
      ...headers,
    },
    body: new URLSearchParams(parameters),
  })
}

export interface SignedIn extends Arrival {
  readonly browser: Browser
  readonly tokens: Tokens
  readonly code: string
  readonly verifier: string
}

/** A whole sign-in: authorize, prompts, code, tokens. */
export async function signIn(
  origin: string,
  ask: Ask,
  person: Person,
  browser = openBrowser(),
): Promise<SignedIn> {
  const { verifier, challenge } = pkce()
  const arrival = await walk(origin, browser, authorizeUrl(origin, ask, challenge), person)
  const code = arrival.back.get('code')
  if (code === null) throw new Error(`no code: ${arrival.back}`)
  const response = await tokenRequest(origin, ask.clientId, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: callback,
  })
  const tokens = (await response.json()) as Tokens
  if (response.status !== 200) throw new Error(`no tokens: ${JSON.stringify(tokens)}`)
  return { ...arrival, browser, tokens, code, verifier }
}

export const refresh = (
  origin: string,
  clientId: string,
  refreshToken: string,
  more: Record<string, string> = {},
) => tokenRequest(origin, clientId, { grant_type: 'refresh_token', refresh_token: refreshToken, ...more })

export const userinfo = (origin: string, accessToken: string) =>
  fetch(`${origin}/oidc/me`, { headers: { authorization: `Bearer ${accessToken}` } })

export const introspect = async (origin: string, clientId: string, token: string) => {
  const response = await fetch(`${origin}/oidc/introspect`, {
    method: 'POST',
    headers: { authorization: basic(clientId), accept: 'application/json' },
    body: new URLSearchParams({ token }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

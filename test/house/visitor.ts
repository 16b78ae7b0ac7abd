import { createHash, randomBytes } from 'node:crypto'
import { people } from '../../demo/seed/people.ts'
import type { TestApp } from '../support/app.ts'
import { SoftwareAuthenticator } from '../support/software-authenticator.ts'

export interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Where the last answer came from, redirects followed. */
  readonly url: URL
}

type Fields = Readonly<Record<string, string>>

/** An address of its own, for houses that believe their proxy: limits by network are not what is proven here. */
const elsewhere = () => ({ 'x-forwarded-for': `198.${randomBytes(3).join('.')}` })

/** A browser as far as the house can tell: keeps cookies by path, follows redirects within the house, fills in forms. */
export class Visitor {
  readonly jar = new Map<string, { readonly value: string; readonly path: string }>()
  readonly authenticator: SoftwareAuthenticator
  readonly #origin: string
  readonly #network: Fields
  csrf = ''

  /** `saying`: further headers of every request, as a proxy between them would add. */
  constructor(origin: string, saying: Fields = {}) {
    this.#origin = origin
    this.#network = { ...elsewhere(), ...saying }
    this.authenticator = new SoftwareAuthenticator(origin)
  }

  cookieFor(path: string): string {
    return [...this.jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ')
  }

  /** One request, no redirect followed. */
  async ask(target: string, init: RequestInit = {}): Promise<Seen> {
    const url = new URL(target, this.#origin)
    const unsafe = init.method !== undefined && init.method !== 'GET'
    const answer = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: {
        accept: 'text/html',
        cookie: this.cookieFor(url.pathname),
        ...this.#network,
        ...(unsafe ? { origin: this.#origin, 'sec-fetch-site': 'same-origin' } : {}),
        ...(init.headers as Record<string, string> | undefined),
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/'
      const ended = value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)
      if (ended) this.jar.delete(`${name} ${path}`)
      else this.jar.set(`${name} ${path}`, { value, path })
    }
    const text = await answer.text()
    this.csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.csrf
    return { status: answer.status, headers: answer.headers, text, url }
  }

  /** Opens a page and follows where it leads; ends at the door when it leads out of the house. */
  async open(target: string, init: RequestInit = {}): Promise<Seen> {
    const seen = await this.ask(target, init)
    const location = seen.headers.get('location') ?? continuing(seen.text)
    if (location === undefined || location === null) return seen
    const next = new URL(location, seen.url)
    return next.origin === this.#origin ? this.open(next.href) : { ...seen, url: next }
  }

  submit(target: string, fields: Fields): Promise<Seen> {
    return this.open(target, {
      method: 'POST',
      body: new URLSearchParams({ _csrf: this.csrf, ...fields }),
    })
  }

  async json(target: string): Promise<ReturnType<typeof JSON.parse>> {
    const answer = await this.ask(target, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-csrf-token': this.csrf },
    })
    if (answer.status !== 200) throw new Error(`${target} answered ${answer.status}: ${answer.text}`)
    return JSON.parse(answer.text)
  }

  /** From the first page of a sign-in to wherever it ends, with e-mail and password. */
  async signIn(start: string, { email, password }: { email: string; password: string }): Promise<Seen> {
    let seen = await this.open(start)
    if (!seen.url.pathname.endsWith('/identify')) return this.goOn(seen)
    await this.submit(seen.url.href, { email })
    seen = await this.open(seen.url.href.replace(/\/identify$/, '/enter-password'))
    return this.goOn(await this.submit(seen.url.href, { password }))
  }

  /** Puts off whatever else is asked on the way: a passkey, preferences, sharing with a client is allowed. */
  async goOn(seen: Seen): Promise<Seen> {
    const { pathname } = seen.url
    if (pathname.endsWith('/create-passkey')) return this.goOn(await this.submit(`${pathname}/skip`, {}))
    if (pathname.endsWith('/preferences')) return this.goOn(await this.submit(pathname, { decide: 'later' }))
    if (pathname.endsWith('/authorize-client')) {
      const body = new URLSearchParams({ _csrf: this.csrf, decision: 'share' })
      for (const [, claim = ''] of seen.text.matchAll(/name="claim" value="([^"]+)"/g))
        body.append('claim', claim)
      return this.goOn(await this.open(pathname, { method: 'POST', body }))
    }
    return seen
  }

  /** Answers what the preferences or permissions page shows. */
  choose(seen: Seen, answers: Readonly<Record<string, 'yes' | 'no'>>): Promise<Seen> {
    const shown = [...seen.text.matchAll(/name="(shown\.[^"]+)" value="([^"]+)"/g)]
    const action = unescaped(/<form[^>]+action="([^"]*once=[^"]+)"/.exec(seen.text)?.[1] ?? '')
    return this.submit(action, {
      ...Object.fromEntries(shown.map(([, name = '', value = '']) => [name, unescaped(value)])),
      ...Object.fromEntries(Object.entries(answers).map(([key, answer]) => [`choice.${key}`, answer])),
    })
  }
}

const unescaped = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"')

/** The page between a form and the client, which goes on by itself. */
function continuing(html: string): string | undefined {
  const found = /http-equiv="refresh" content="0;\s*url=([^"]+)"/i.exec(html)?.[1]
  return found === undefined ? undefined : unescaped(found)
}

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export const personCalled = (key: string) => {
  const found = people.find((one) => one.key === key)
  if (found === undefined) throw new Error(`nobody is called ${key}`)
  return found
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token?: string
  readonly id_token?: string
  readonly error?: string
}

export interface RelyingParty {
  readonly clientId: string
  /** Undefined for a client without one. */
  readonly secret: string | undefined
  readonly redirectUri: string
}

/** A client of the demo, as its own server would know itself. */
export function relyingParty(app: TestApp, clientId: string): RelyingParty {
  const port = Number(new URL(app.origin).port)
  const redirectUri =
    clientId === 'correo-norte'
      ? `http://newsletter.localhost:${port + 2}/callback`
      : clientId === 'tienda-norte-app'
        ? 'http://127.0.0.1:49152/callback'
        : `http://shop.localhost:${port + 1}/callback`
  const secret = clientId === 'tienda-norte-app' ? undefined : app.clientSecret(clientId)
  return { clientId, secret, redirectUri }
}

export const basic = (clientId: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`

/** A form to an endpoint of the engine, the client proving itself with its secret where it has one. */
export function post(
  origin: string,
  path: string,
  { clientId, secret }: Pick<RelyingParty, 'clientId' | 'secret'>,
  fields: Fields,
  headers: Fields = {},
): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      ...elsewhere(),
      ...(secret === undefined ? {} : { authorization: basic(clientId, secret) }),
      ...headers,
    },
    body: new URLSearchParams(secret === undefined ? { client_id: clientId, ...fields } : fields),
  })
}

export function authorizationOf(party: RelyingParty, challenge: string, more: Fields = {}): string {
  return `/oidc/auth?${new URLSearchParams({
    client_id: party.clientId,
    response_type: 'code',
    redirect_uri: party.redirectUri,
    scope: 'openid profile email offline_access',
    state: 'st',
    nonce: 'no',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  })}`
}

/** A code for a client, after whatever sign-in it takes. */
export async function codeFor(
  visitor: Visitor,
  party: RelyingParty,
  person: { email: string; password: string },
  more: Fields = {},
) {
  const { verifier, challenge } = pkce()
  const end = await visitor.signIn(authorizationOf(party, challenge, more), person)
  const code = end.url.searchParams.get('code')
  if (code === null) throw new Error(`no code at ${end.url}: ${end.status} ${end.text.slice(0, 400)}`)
  return { code, verifier }
}

export async function tokensFor(
  origin: string,
  visitor: Visitor,
  party: RelyingParty,
  person: { email: string; password: string },
  more: Fields = {},
  headers: Fields = {},
): Promise<Tokens> {
  const { code, verifier } = await codeFor(visitor, party, person, more)
  const answer = await post(
    origin,
    '/oidc/token',
    party,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: party.redirectUri },
    headers,
  )
  const tokens = (await answer.json()) as Tokens
  if (answer.status !== 200) throw new Error(`no tokens: ${JSON.stringify(tokens)}`)
  return tokens
}

export const userinfo = (origin: string, accessToken: string) =>
  fetch(`${origin}/oidc/me`, { headers: { ...elsewhere(), authorization: `Bearer ${accessToken}` } })

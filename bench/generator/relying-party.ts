import { createHash, randomBytes } from 'node:crypto'
import type { ClientCredentials, Person, Target } from '../target.ts'
import { Browser } from './browser.ts'
import { basic, form, formType, type Http, type HttpAnswer } from './http.ts'

type Endpoint = 'authorization' | 'token' | 'introspection' | 'revocation' | 'userinfo'

export interface Tokens {
  readonly access: string
  readonly refresh: string | undefined
  readonly id: string | undefined
}

type Json = Readonly<Record<string, unknown>>

/** One verifier for all: what it costs the server to check is the same, and the generator need not hash for it. */
const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

const parsed = (answer: HttpAnswer, what: string): Json => {
  if (answer.status !== 200)
    throw new Error(`${what} answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  return JSON.parse(answer.text)
}

/**
 * The client's side of the flows, checking of each answer what shows that it is the right one. Tokens are not verified:
 * that is the relying party's CPU, not the server's.
 */
export class RelyingParty {
  readonly #http: Http
  readonly #target: Target
  readonly #metadata: Json

  private constructor(http: Http, target: Target, metadata: Json) {
    this.#http = http
    this.#target = target
    this.#metadata = metadata
  }

  static async discover(http: Http, target: Target): Promise<RelyingParty> {
    const path = `${target.issuer}/.well-known/openid-configuration`
    return new RelyingParty(http, target, parsed(await http.send(path), 'discovery'))
  }

  #endpoint(name: Endpoint): string {
    return String(this.#metadata[`${name}_endpoint`])
  }

  async #token(
    client: ClientCredentials,
    fields: Readonly<Record<string, string | undefined>>,
  ): Promise<Tokens> {
    const answer = await this.#http.send(this.#endpoint('token'), {
      method: 'POST',
      headers: { ...formType, authorization: basic(client) },
      body: form(fields),
    })
    const tokens = parsed(answer, 'the token endpoint')
    const text = (name: string) => (typeof tokens[name] === 'string' ? tokens[name] : undefined)
    const access = text('access_token')
    if (access === undefined) throw new Error('no access token')
    return { access, refresh: text('refresh_token'), id: text('id_token') }
  }

  clientCredentials(resource: string | undefined): Promise<Tokens> {
    const { machine } = this.#target
    return this.#token(machine, { grant_type: 'client_credentials', scope: machine.scope, resource })
  }

  async refresh(refreshToken: string): Promise<string> {
    const tokens = await this.#token(this.#target.web, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    })
    if (tokens.refresh === undefined || tokens.refresh === refreshToken)
      throw new Error('the refresh token was not rotated')
    return tokens.refresh
  }

  async introspect(token: string): Promise<boolean> {
    const answer = await this.#http.send(this.#endpoint('introspection'), {
      method: 'POST',
      headers: { ...formType, authorization: basic(this.#target.machine) },
      body: form({ token }),
    })
    return parsed(answer, 'introspection')['active'] === true
  }

  async revoke(token: string): Promise<void> {
    const answer = await this.#http.send(this.#endpoint('revocation'), {
      method: 'POST',
      headers: { ...formType, authorization: basic(this.#target.machine) },
      body: form({ token }),
    })
    if (answer.status !== 200) throw new Error(`revocation answered ${answer.status}`)
  }

  async userinfo(accessToken: string): Promise<Json> {
    const answer = await this.#http.send(this.#endpoint('userinfo'), {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    return parsed(answer, 'userinfo')
  }

  authorizationPath(extra: Readonly<Record<string, string>> = {}): string {
    const { web } = this.#target
    const query = form({
      client_id: web.id,
      response_type: 'code',
      redirect_uri: web.redirectUri,
      scope: web.scope,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 'bench',
      nonce: 'bench',
      ...extra,
    })
    return `${this.#endpoint('authorization')}?${query}`
  }

  async exchange(back: URL): Promise<Tokens> {
    const code = back.searchParams.get('code')
    if (code === null) throw new Error(`no code came back: ${back.searchParams.get('error')}`)
    const tokens = await this.#token(this.#target.web, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.#target.web.redirectUri,
      code_verifier: verifier,
    })
    if (tokens.id === undefined) throw new Error('no ID token')
    return tokens
  }

  /** A person signs in with their password in a browser nobody used before. */
  async signIn(person: Person): Promise<{ browser: Browser; tokens: Tokens }> {
    const browser = new Browser(this.#http)
    const { redirectUri } = this.#target.web
    const back = await browser.walk(this.authorizationPath(), redirectUri, {
      email: person.email,
      password: person.password,
    })
    return { browser, tokens: await this.exchange(back) }
  }

  /** With the passkey the person has, in a browser they used before. */
  async signInWithPasskey({ passkey }: Person, browser: Browser): Promise<Tokens> {
    const { redirectUri } = this.#target.web
    return this.exchange(await browser.walk(this.authorizationPath(), redirectUri, {}, passkey))
  }

  /** With a session: one redirect, without a page. */
  async singleSignOn(browser: Browser): Promise<Tokens> {
    const answer = await browser.request(this.authorizationPath({ prompt: 'none' }))
    if (answer.location === undefined) throw new Error(`authorization answered ${answer.status}`)
    return this.exchange(new URL(answer.location))
  }
}

import { createRemoteJWKSet } from 'jose'
import { newSessionId, relyingParty } from '../sample/relying-party.ts'
import { type Reply, type SampleRequest, type SampleServer, serveSample } from '../sample/sample-server.ts'
import { type ShopLinks, type ShopVisitor, shopAccount, shopHome, shopProblem } from './pages.tsx'
import { readLogoutToken } from './read-logout-token.ts'

export interface ShopOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly origin: string
  readonly port: number
  readonly links: ShopLinks
}

interface ShopSession extends ShopVisitor {
  readonly sub: string
  readonly sid: string | undefined
  readonly idToken: string
}

const sessionCookie = 'shop_session'
const startedCookie = 'shop_sign_in'

/** The sample shop: a relying party built on openid-client. Sessions live in memory; a real shop keeps them elsewhere. */
export async function startShop(options: ShopOptions): Promise<SampleServer> {
  const party = await relyingParty({
    ...options,
    redirectUri: `${options.origin}/callback`,
    scope: 'openid profile email',
  })
  const jwks = createRemoteJWKSet(new URL(party.config.serverMetadata().jwks_uri ?? ''))
  const sessions = new Map<string, ShopSession>()

  const signIn = async ({ url, language }: SampleRequest): Promise<Reply> => {
    const hint = url.searchParams.get('as')
    const { location, state } = await party.signIn({
      ui_locales: language,
      // Whoever says who they are, or that they are new, is not to be greeted as somebody else.
      ...(url.searchParams.has('create') || hint !== null ? { prompt: 'login' } : {}),
      ...(hint === null ? {} : { login_hint: hint }),
    })
    return { location, cookies: [{ name: startedCookie, value: state }] }
  }

  const comeBack = async ({ url, cookie }: SampleRequest): Promise<Reply | undefined> => {
    if (url.searchParams.has('error')) return undefined
    try {
      const { sub, sid, idToken, tokens } = await party.comeBack(url, cookie(startedCookie))
      const claims = await party.userinfo(tokens.access_token, sub)
      const id = newSessionId()
      sessions.set(id, { sub, sid, idToken, claims })
      return { location: '/account', cookies: [{ name: sessionCookie, value: id }, { name: startedCookie }] }
    } catch {
      return undefined
    }
  }

  const endSessions = async ({ form }: SampleRequest): Promise<Reply> => {
    const ended = await readLogoutToken(options, jwks, (await form()).get('logout_token') ?? '')
    if (ended === undefined) return { status: 400, text: 'invalid logout token' }
    for (const [id, one] of sessions) {
      if (ended.sid === undefined ? one.sub === ended.sub : one.sid === ended.sid) sessions.delete(id)
    }
    return { status: 200, text: '' }
  }

  return serveSample(options.origin, options.port, async (request) => {
    const { method, url, language, cookie } = request
    const sessionId = cookie(sessionCookie)
    const visitor = sessionId === undefined ? undefined : sessions.get(sessionId)
    const view = { language, path: url.pathname, visitor, links: options.links }
    switch (`${method} ${url.pathname}`) {
      case 'GET /':
        return { html: shopHome(view) }
      case 'GET /account':
        return visitor === undefined ? { location: '/sign-in' } : { html: shopAccount({ ...view, visitor }) }
      case 'GET /sign-in':
        return signIn(request)
      case 'GET /callback':
        return (await comeBack(request)) ?? { html: shopProblem(view, 'unfinished'), status: 400 }
      case 'POST /sign-out':
        if (sessionId !== undefined) sessions.delete(sessionId)
        return {
          location:
            visitor === undefined ? '/' : party.signOutLocation(visitor.idToken, `${options.origin}/`),
          cookies: [{ name: sessionCookie }],
        }
      case 'POST /backchannel-logout':
        return endSessions(request)
      default:
        return { html: shopProblem(view, 'noSuchPage'), status: 404 }
    }
  })
}

import { createRemoteJWKSet, jwtVerify } from 'jose'
import { newSessionId, relyingParty } from '../sample/relying-party.ts'
import { type SampleServer, serveSample } from '../sample/sample-server.ts'
import { type ShopLinks, type ShopVisitor, shopAccount, shopHome, shopProblem } from './pages.tsx'

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

const signedOut = 'shop_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'

/** Back-Channel Logout 1.0, 2.6: which of our sessions the provider ends, or nothing when the token is not valid. */
async function readLogoutToken(
  options: ShopOptions,
  jwks: ReturnType<typeof createRemoteJWKSet>,
  token: string,
) {
  const { payload } = await jwtVerify(token, jwks, {
    issuer: options.issuer,
    audience: options.clientId,
    typ: 'logout+jwt',
  })
  const events = payload['events']
  const isLogout =
    typeof events === 'object' &&
    events !== null &&
    'http://schemas.openid.net/event/backchannel-logout' in events
  return isLogout && payload['nonce'] === undefined ? { sub: payload.sub, sid: payload['sid'] } : undefined
}

/** The sample shop: a relying party built on openid-client. Sessions live in memory; a real shop keeps them elsewhere. */
export async function startShop(options: ShopOptions): Promise<SampleServer> {
  const party = await relyingParty({
    ...options,
    redirectUri: `${options.origin}/callback`,
    scope: 'openid profile email',
  })
  const jwks = createRemoteJWKSet(new URL(party.config.serverMetadata().jwks_uri ?? ''))
  const sessions = new Map<string, ShopSession>()

  return serveSample(options.origin, options.port, async ({ method, url, cookie, form }) => {
    const sessionId = cookie('shop_session')
    const session = sessionId === undefined ? undefined : sessions.get(sessionId)
    switch (`${method} ${url.pathname}`) {
      case 'GET /':
        return { html: shopHome(session, options.links) }
      case 'GET /account':
        return session === undefined
          ? { location: '/sign-in' }
          : { html: shopAccount(session, options.links) }
      case 'GET /sign-in':
        return {
          location: await party.signInLocation(url.searchParams.has('create') ? { prompt: 'login' } : {}),
        }
      case 'GET /callback': {
        if (url.searchParams.has('error')) {
          return {
            html: shopProblem('The sign-in was not finished. Nothing was changed.', options.links),
            status: 400,
          }
        }
        const { sub, sid, idToken, tokens } = await party.comeBack(url)
        const claims = await party.userinfo(tokens.access_token, sub)
        const id = newSessionId()
        sessions.set(id, { sub, sid, idToken, claims })
        return { location: '/account', cookie: `shop_session=${id}; Path=/; HttpOnly; SameSite=Lax` }
      }
      case 'GET /sign-out':
        if (sessionId !== undefined) sessions.delete(sessionId)
        return {
          location:
            session === undefined ? '/' : party.signOutLocation(session.idToken, `${options.origin}/`),
          cookie: signedOut,
        }
      case 'POST /backchannel-logout': {
        const ended = await readLogoutToken(options, jwks, (await form()).get('logout_token') ?? '').catch(
          () => undefined,
        )
        if (ended === undefined) return { status: 400, text: 'invalid logout token' }
        for (const [id, one] of sessions) {
          if (ended.sid === undefined ? one.sub === ended.sub : one.sid === ended.sid) sessions.delete(id)
        }
        return { status: 200, text: '' }
      }
      default:
        return { html: shopProblem('This page does not exist.', options.links), status: 404 }
    }
  })
}

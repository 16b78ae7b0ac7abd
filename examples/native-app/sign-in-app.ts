import * as oauth from 'oauth4webapi'
import type { Language } from '../sample/language.ts'
import { serveSample } from '../sample/sample-server.ts'
import { appHome } from './pages.tsx'

export interface NativeAppOptions {
  readonly issuer: string
  readonly clientId: string
  /** Path of the registered loopback redirect URI; the port is chosen by the system (RFC 8252 7.3). */
  readonly callbackPath: string
  /** Language of the sign-in pages, and of what the application says. */
  readonly language?: Language
  /** Where the page that the tab ends on leads back to, when it is not the person who brings the app to the front. */
  readonly backHref?: string
}

export interface NativeAppSession {
  readonly sub: string
  readonly claims: Readonly<Record<string, unknown>>
  /** Rotates the refresh token, bound to the same DPoP key (RFC 9449). */
  refresh(): Promise<void>
}

const insecure = (issuer: string) => ({ [oauth.allowInsecureRequests]: issuer.startsWith('http:') })

/**
 * A native application as any developer would write it with oauth4webapi: system browser, loopback redirect on a port
 * of the moment, PKCE, and every token bound to a key that never leaves the device.
 */
export async function startNativeSignIn(options: NativeAppOptions): Promise<{
  readonly authorizationUrl: string
  readonly session: Promise<NativeAppSession>
  close(): Promise<void>
}> {
  const { issuer, clientId, language = 'es', backHref } = options
  const client: oauth.Client = { client_id: clientId }
  const discovered = await oauth.discoveryRequest(new URL(issuer), insecure(issuer))
  const server = await oauth.processDiscoveryResponse(new URL(issuer), discovered)
  const key = await oauth.generateKeyPair('ES256')
  const proof = oauth.DPoP(client, key)
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const { promise: session, resolve, reject } = Promise.withResolvers<NativeAppSession>()
  session.catch(() => {})

  const exchange = async (url: URL, redirectUri: string): Promise<NativeAppSession> => {
    const parameters = oauth.validateAuthResponse(server, client, url, state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      { DPoP: proof, ...insecure(issuer) },
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? ''
    const userinfo = await oauth.userInfoRequest(server, client, tokens.access_token, {
      DPoP: proof,
      ...insecure(issuer),
    })
    const claims = await oauth.processUserInfoResponse(server, client, sub, userinfo)
    let refreshToken = tokens.refresh_token
    return {
      sub,
      claims,
      refresh: async () => {
        if (refreshToken === undefined) throw new Error('No refresh token was issued.')
        const again = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, {
          DPoP: proof,
          ...insecure(issuer),
        })
        refreshToken =
          (await oauth.processRefreshTokenResponse(server, client, again)).refresh_token ?? refreshToken
      },
    }
  }

  const loopback = await serveSample('http://127.0.0.1', 0, async ({ url }) => {
    if (url.pathname !== options.callbackPath) return { status: 404, text: 'Not found' }
    try {
      const signedIn = await exchange(url, redirectUri)
      resolve(signedIn)
      return { html: appHome({ language, claims: signedIn.claims, backHref }) }
    } catch (error) {
      reject(error)
      return { html: appHome({ language, claims: undefined, backHref }), status: 400 }
    }
  })
  const redirectUri = `http://127.0.0.1:${loopback.port}${options.callbackPath}`

  const authorize = new URL(server.authorization_endpoint ?? '')
  authorize.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access',
    ui_locales: language,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  return { authorizationUrl: authorize.href, session, close: () => loopback.close() }
}

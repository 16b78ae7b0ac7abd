import { randomBytes } from 'node:crypto'
import * as openid from 'openid-client'

export interface RelyingPartyOptions {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly scope: string
}

export interface SignedIn {
  readonly sub: string
  readonly sid: string | undefined
  readonly idToken: string
  readonly tokens: openid.TokenEndpointResponse
}

/** One customer's way through a sign-in: what must be remembered until they come back. */
interface Pending {
  readonly verifier: string
  readonly nonce: string
}

/** Sign-ins that were begun and never finished are forgotten, oldest first. */
const mostPending = 1_000

/** A relying party as any developer would write it with openid-client: code flow, PKCE, state, nonce. */
export async function relyingParty(options: RelyingPartyOptions) {
  const config = await openid.discovery(
    new URL(options.issuer),
    options.clientId,
    { client_secret: options.clientSecret },
    openid.ClientSecretBasic(options.clientSecret),
    options.issuer.startsWith('http:') ? { execute: [openid.allowInsecureRequests] } : undefined,
  )
  const pending = new Map<string, Pending>()

  return {
    config,
    /** `state` goes into a cookie of the browser that starts: only it may finish (RFC 6749 10.12). */
    async signIn(extra: Readonly<Record<string, string>> = {}): Promise<{ location: string; state: string }> {
      const state = openid.randomState()
      const verifier = openid.randomPKCECodeVerifier()
      const nonce = openid.randomNonce()
      pending.set(state, { verifier, nonce })
      for (const oldest of pending.keys()) {
        if (pending.size <= mostPending) break
        pending.delete(oldest)
      }
      const location = openid.buildAuthorizationUrl(config, {
        redirect_uri: options.redirectUri,
        scope: options.scope,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...extra,
      })
      return { location: location.href, state }
    },
    async comeBack(url: URL, state: string | undefined): Promise<SignedIn> {
      const remembered = state === undefined ? undefined : pending.get(state)
      if (state === undefined || remembered === undefined)
        throw new Error('This sign-in was not started here.')
      pending.delete(state)
      const tokens = await openid.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: remembered.verifier,
        expectedState: state,
        expectedNonce: remembered.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined || tokens.id_token === undefined) throw new Error('No ID token came back.')
      const sid = typeof claims['sid'] === 'string' ? claims['sid'] : undefined
      return { sub: claims.sub, sid, idToken: tokens.id_token, tokens }
    },
    userinfo: (accessToken: string, sub: string) => openid.fetchUserInfo(config, accessToken, sub),
    /** A token of the client's own, for the API of the house. */
    asItself: (scope: string) => openid.clientCredentialsGrant(config, { scope }),
    refresh: (refreshToken: string) => openid.refreshTokenGrant(config, refreshToken),
    signOutLocation: (idToken: string, returnTo: string) =>
      openid.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: returnTo }).href,
  }
}

/** An unguessable name for a browser session of a sample application. */
export const newSessionId = (): string => randomBytes(24).toString('base64url')

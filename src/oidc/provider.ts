import Provider, {
  type AccessToken,
  type Configuration,
  errors,
  type JWKS,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { terminalOfClient } from '../features/touchpoints/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Entropy } from '../kernel/ids.ts'
import type { KeyedHash } from '../platform/crypto/index.ts'
import { acrValues } from './assurance.ts'
import { withAct } from './ciba/act-claim.ts'
import type { CibaDeps } from './ciba/ciba-deps.ts'
import { checkActingAgent, cibaFeature, requestLifetime } from './ciba/ciba-feature.ts'
import type { HintedPeople } from './ciba/hinted-people.ts'
import { engineClaims } from './claims.ts'
import type { ClientCache } from './client-cache.ts'
import { compareHashedSecrets } from './client-secret.ts'
import { cookieSettings } from './cookies.ts'
import { bindToTerminal } from './device/bind-to-terminal.ts'
import type { DeviceDeps } from './device/device-deps.ts'
import { deviceTimes } from './device/device-times.ts'
import { kioskScopes } from './device/kiosk-scopes.ts'
import { userCodeMask } from './device/user-code.ts'
import { engineViews } from './engine-views.ts'
import { findAccount } from './find-account.ts'
import { formPostMode } from './form-post.ts'
import { introspectionPolicy, revocationPolicy } from './introspection-policy.ts'
import { lifetimes, until } from './lifetimes.ts'
import { loadExistingGrant } from './load-grant.ts'
import { pairwiseSubject } from './pairwise.ts'
import type { OidcStorage } from './pg-adapter.ts'
import { pinContext } from './pin-context.ts'
import type { Fetch, FindResource, OidcViews, ReleaseClaims, UndecidedPurposes } from './ports.ts'
import { interactionOrder } from './prompts/policy.ts'
import { engineRoutes, interactionPath } from './routes.ts'
import { notingIntrospection } from './token-exchange/note-access.ts'
import { type FindTouchpoint, tokenClaims } from './touchpoint-of-client.ts'

export interface ProviderParts {
  readonly issuer: URL
  readonly storage: OidcStorage
  readonly clients: ClientCache
  readonly clock: Clock
  readonly cookieKeys: readonly [KeyedHash, ...KeyedHash[]]
  readonly pairwiseHash: KeyedHash
  /** Told of every name as it is given out; must return at once. */
  readonly onPairwise?: (sector: string, sub: string, accountId: string) => void
  readonly fetch: Fetch
  readonly release: ReleaseClaims
  readonly undecided: UndecidedPurposes
  readonly findResource: FindResource
  readonly defaultResource: string | undefined
  readonly touchpoint?: FindTouchpoint
  readonly claimsByScope: () => Readonly<Record<string, readonly string[]>>
  readonly views: OidcViews
  readonly device?: DeviceDeps | undefined
  readonly ciba?: (CibaDeps & { readonly hinted: HintedPeople }) | undefined
  readonly entropy: Entropy
  /** Told of every access token that a client learns about; must return at once. */
  readonly onIntrospected?: (ctx: KoaContextWithOIDC, token: AccessToken, by: string) => void
}

/** What we sign with, and what we let others sign with (R28). No HS256: that would need the secret in clear. */
const ourAlgorithms = ['ES256', 'EdDSA', 'RS256'] as const
export const theirAlgorithms = ['ES256', 'PS256', 'EdDSA', 'RS256'] as const

/** How answers are encrypted for a client that asks for it (RFC 7518 4.1). */
const keyEncryption = ['RSA-OAEP-256', 'RSA-OAEP', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'] as const

/** Clocks of two machines may differ by this many seconds. */
const tolerance = 15
/** R18: an assertion is for the next moment, not for stock. */
const longestAssertion = 60

export function createProvider(parts: ProviderParts, jwks: JWKS): Provider {
  const { issuer } = parts
  const Engine = engineWithOwnPages(parts.views)
  const provider = new Engine(issuer.href.replace(/\/$/, ''), configuration(parts, jwks))
  pinContext(provider)
  compareHashedSecrets(provider, parts.clients)
  return provider
}

/** The engine registers its response modes as it is built, and the first of a name stays: ours takes its place there. */
const engineWithOwnPages = (views: OidcViews) =>
  class extends Provider {
    override registerResponseMode(...[name, handler]: Parameters<Provider['registerResponseMode']>): void {
      super.registerResponseMode(name, name === 'form_post' ? formPostMode(views) : handler)
    }
  }

const seconds = (clock: Clock) => Math.floor(clock.now().getTime() / 1000)

function configuration(parts: ProviderParts, jwks: JWKS): Configuration {
  const { issuer, storage, findResource, claimsByScope, clock, device, ciba, clients, entropy } = parts
  const asking = ciba && { ciba, hinted: ciba.hinted, clients, entropy }
  const inTokens = device === undefined ? tokenClaims(parts) : bindToTerminal({ ...parts, ...device })
  const views = engineViews(parts.views)
  return {
    adapter: storage.factory,
    jwks,
    routes: { ...engineRoutes },
    cookies: cookieSettings(issuer.protocol === 'https:', parts.cookieKeys),
    clockTolerance: tolerance,
    fetch: async (url, options) => {
      // The engine hands over a guard of its own that gives up silently when it cannot be built; ours fails closed.
      const { dispatcher: _engineGuard, ...init } = options as RequestInit & { dispatcher?: unknown }
      return parts.fetch(String(url), init)
    },
    fetchResponseBodyLimits: { jwks_uri: 65_536, sector_identifier_uri: 65_536 },

    allowOmittingSingleRegisteredRedirectUri: false,
    responseTypes: ['code'],
    scopes: [
      'openid',
      'offline_access',
      ...(device === undefined ? [] : kioskScopes.slice(1)),
      ...Object.keys(claimsByScope()),
    ],
    claims: engineClaims(claimsByScope()),
    conformIdTokenClaims: true,
    acrValues: [...acrValues],
    pkce: { required: () => true },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
    enabledJWA: {
      idTokenSigningAlgValues: [...ourAlgorithms],
      userinfoSigningAlgValues: [...ourAlgorithms],
      introspectionSigningAlgValues: [...ourAlgorithms],
      authorizationSigningAlgValues: [...ourAlgorithms],
      requestObjectSigningAlgValues: [...theirAlgorithms],
      clientAuthSigningAlgValues: [...theirAlgorithms],
      dPoPSigningAlgValues: [...theirAlgorithms],
      // To a key of the client's, never by its secret, which is not kept. What is sent to us is signed, not encrypted.
      idTokenEncryptionAlgValues: [...keyEncryption],
      userinfoEncryptionAlgValues: [...keyEncryption],
      introspectionEncryptionAlgValues: [...keyEncryption],
      requestObjectEncryptionAlgValues: [],
    },
    extraClientMetadata: { properties: ['first_party', 'recipient_id', 'channel', 'touchpoint', 'may_act'] },
    // A terminal's page is one of ours; browsers name its origin even so.
    clientBasedCORS: (_ctx, origin, client) =>
      (origin === issuer.origin && terminalOfClient(client.clientId) !== undefined) ||
      (origin !== 'null' && (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin)),
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims) =>
      assertAssertion(claims, issuer, seconds(clock)),

    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: async (_ctx, accountId, client) => {
      const sector = String(client['sectorIdentifier'] ?? client.clientId)
      const sub = pairwiseSubject(parts.pairwiseHash, sector, accountId)
      parts.onPairwise?.(sector, sub, accountId)
      return sub
    },
    sectorIdentifierUriValidate: () => false,

    findAccount: findAccount(parts),
    extraTokenClaims: ciba === undefined ? inTokens : withAct({ clients, ciba }, inTokens),
    ...(asking === undefined ? {} : { extraParams: { acting_agent: checkActingAgent(asking) } }),
    loadExistingGrant: loadExistingGrant(storage, claimsByScope),
    interactions: {
      policy: interactionOrder(parts.undecided, storage),
      url: (_ctx, interaction) => new URL(interactionPath(interaction.uid), issuer).href,
    },
    // A yes on the telephone is for this call.
    issueRefreshToken: async (_ctx, client, code) =>
      code.kind !== 'BackchannelAuthenticationRequest' &&
      client.grantTypeAllowed('refresh_token') &&
      (code.scopes.has('offline_access') || client['first_party'] === true),
    // R24: no grace. A refresh token works once, whoever asks again; a client that lost the answer signs in anew. A
    // grace would have to tell a lost answer from a stolen token, and only a key can do that: those are not rotated.
    rotateRefreshToken: (ctx) => ctx.oidc.entities.RefreshToken?.isSenderConstrained() !== true,
    // R25: what a browser session gave ends with it. An installed app of ours is a session of its own.
    expiresWithSession: async (ctx, token) =>
      !token.scopes.has('offline_access') &&
      !(ctx.oidc.client?.['first_party'] === true && ctx.oidc.client.applicationType === 'native'),

    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? lifetimes.accessToken,
      AuthorizationCode: lifetimes.code,
      BackchannelAuthenticationRequest: (ctx) => requestLifetime(ctx),
      DeviceCode: deviceTimes.code,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? lifetimes.clientCredentials,
      Grant: lifetimes.grant,
      IdToken: lifetimes.idToken,
      Interaction: lifetimes.interaction,
      RefreshToken: (_ctx, token) =>
        until(lifetimes.refreshIdle, lifetimes.refreshAbsolute, token.iiat, seconds(clock)),
      Session: (_ctx, session) =>
        session.accountId === undefined
          ? lifetimes.sessionAnonymous
          : until(
              session.transient === true ? lifetimes.sessionTransient : lifetimes.sessionIdle,
              lifetimes.sessionAbsolute,
              session.loginTs,
              seconds(clock),
            ),
    },

    renderError: views.renderError,
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      userinfo: { enabled: true },
      jwtUserinfo: { enabled: true },
      jwtIntrospection: { enabled: true },
      encryption: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true },
      dPoP: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: device !== undefined,
        charset: 'base-20',
        mask: userCodeMask,
        // The engine would keep the address and the browser of whoever asked.
        deviceInfo: () => ({}),
      },
      ciba: asking === undefined ? { enabled: false } : cibaFeature(asking),
      introspection: {
        enabled: true,
        allowedPolicy: notingIntrospection(parts.onIntrospected, introspectionPolicy(parts)),
      },
      revocation: { enabled: true, allowedPolicy: revocationPolicy },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: views.logoutSource,
        postLogoutSuccessSource: views.postLogoutSuccessSource,
      },
      backchannelLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // A client acting for itself asks for the house's own service unless it says otherwise; people's tokens are
        // for userinfo unless a service is named.
        defaultResource: async (ctx: KoaContextWithOIDC, _client, oneOf) => {
          if (oneOf !== undefined) return [...oneOf]
          return ctx.oidc.params?.['grant_type'] === 'client_credentials' ? parts.defaultResource : undefined
        },
        getResourceServerInfo: async (_ctx, indicator, client) => {
          const resource = findResource(indicator, client.clientId)
          if (resource === undefined) throw new errors.InvalidTarget()
          const { tokens } = resource
          const format = resource.consentGated ? 'opaque' : (tokens?.format ?? 'jwt')
          const longest = format === 'jwt' ? lifetimes.jwtAccessToken : lifetimes.accessToken
          return {
            scope: resource.scopes.join(' '),
            audience: indicator,
            accessTokenTTL: Math.min(tokens?.lifetimeSeconds ?? longest, lifetimes.accessToken),
            accessTokenFormat: format,
            jwt: { sign: { alg: tokens?.algorithm ?? 'ES256' } },
          }
        },
        useGrantedResource: async () => false,
      },
    },
  }
}

function assertAssertion(claims: Readonly<Record<string, unknown>>, issuer: URL, now: number): void {
  const expected = issuer.href.replace(/\/$/, '')
  // The issuer and nothing else: an endpoint as audience lets another server's assertion be replayed here (R18).
  if (claims['aud'] !== expected) throw new errors.InvalidClientAuth({ detail: 'aud must be the issuer' })
  const exp = claims['exp']
  if (typeof exp !== 'number' || exp > now + longestAssertion + tolerance)
    throw new errors.InvalidClientAuth({ detail: 'the assertion lives too long' })
}

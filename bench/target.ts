import type { Passkey } from './generator/passkey.ts'

export interface ClientCredentials {
  readonly id: string
  readonly secret: string
}

export interface Person {
  readonly email: string
  readonly password: string
  /** Every other person of the house has one; nobody of the floor. */
  readonly passkey?: Passkey
}

/**
 * A server as the load generator knows it: the same shape for the house and for the floor, so that both are driven by
 * the same lines. What a server cannot do is left out, and the scenario that needs it says so instead of measuring
 * something else.
 */
export interface Target {
  /** The issuer of the OpenID provider. */
  readonly issuer: string
  /** A plain server that only says hello. */
  readonly hello?: string | undefined
  /** A client that acts for itself, may introspect its own tokens, and gets an opaque token when it names no service. */
  readonly machine: ClientCredentials & {
    readonly scope: string | undefined
    /** A service whose tokens are opaque; undefined to name none. */
    readonly opaqueResource: string | undefined
    /** A service whose tokens are JWTs. */
    readonly jwtResource: string | undefined
  }
  /** A web application of ours: code flow with PKCE, refresh tokens, no question about consent left open. */
  readonly web: ClientCredentials & { readonly redirectUri: string; readonly scope: string }
  readonly people: readonly Person[]
  /** A claim that userinfo must hold beside `sub`, or the answer is wrong. */
  readonly expectedClaim: string
}

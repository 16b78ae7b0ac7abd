import { z } from 'zod'
import type { Assurance } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { gone } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Caller, Route } from '../../platform/web/route.ts'

const callbackPath = '/privacy/signed-in'
const purpose = 'privacy-centre return'
const minutes = 30

const returnShape = z.object({ to: z.string() })

/** Pages that ask for a customer's session: this channel's, and those a kiosk's code and a message about a call lead to. */
const ownPages = ['/privacy', '/device', '/call-approval']

/** Only those are returned to, whatever the state may hold (R113). */
const isOwnPage = (to: string): boolean => {
  const url = URL.parse(to, 'http://here')
  return (
    url?.origin === 'http://here' &&
    ownPages.some((own) => url.pathname === own || url.pathname.startsWith(`${own}/`))
  )
}

const acr = (assurance: Assurance): string => `urn:placet:acr:${assurance}`

/**
 * Where somebody is sent who opens a page of theirs without the session, or the proof, that it asks for: to the protocol
 * engine, as any other application would send them. Only the session is wanted, so the code that comes back is never
 * redeemed: its PKCE challenge is random and nobody has the verifier.
 */
export const privacyCentreSignIn =
  (deps: {
    readonly issuer: URL
    readonly clientId: string
    readonly sealedTokens: SealedTokens
    readonly clock: Clock
    readonly entropy: Entropy
  }) =>
  (caller: Extract<Caller, { who: 'subject' }>, returnTo: string): string => {
    const expiresAt = new Date(deps.clock.now().getTime() + minutes * 60_000)
    const to = isOwnPage(returnTo) ? returnTo : '/privacy'
    const url = new URL('/oidc/auth', deps.issuer)
    url.search = new URLSearchParams({
      client_id: deps.clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: new URL(callbackPath, deps.issuer).href,
      state: deps.sealedTokens.sealToken(purpose, { to }, expiresAt),
      code_challenge: Buffer.from(deps.entropy.bytes(32)).toString('base64url'),
      code_challenge_method: 'S256',
      ...(caller.maxAgeSeconds === undefined ? {} : { max_age: String(caller.maxAgeSeconds) }),
      ...(caller.assurance === undefined ? {} : { acr_values: acr(caller.assurance) }),
    }).toString()
    return `${url.pathname}${url.search}`
  }

const callbackQuery = z.object({
  state: z.string().max(4096).optional(),
  error: z.string().max(100).optional(),
})

/** Back from signing in: on to the page that was wanted, which looks at the session itself. */
export const signedInRoutes = (deps: {
  readonly sealedTokens: SealedTokens
  readonly clock: Clock
}): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.signed-in',
    method: 'GET',
    path: callbackPath,
    caller: { who: 'anyone' },
    query: callbackQuery,
    answers: [303],
    handle: async (request) => {
      const { state = '', error } = request.query
      const opened = returnShape.safeParse(deps.sealedTokens.openToken(purpose, state, deps.clock.now()))
      if (error !== undefined || !opened.success || !isOwnPage(opened.data.to)) {
        throw gone('sign-in-ended', 'This sign-in was ended or took too long. Open the page again.')
      }
      return seeOther(opened.data.to)
    },
  }),
  defineRoute({
    name: 'privacy-centre.sign-out',
    method: 'POST',
    path: '/privacy/sign-out',
    caller: { who: 'anyone' },
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async () => seeOther('/oidc/session/end'),
  }),
]

import { staffSignInLocation } from '../channels/admin-console/index.ts'
import { kioskClosedPath } from '../channels/kiosk/index.ts'
import { holdsPower } from '../features/staff/index.ts'
import type { Oidc } from '../oidc/index.ts'
import type { Authenticated, Gatekeepers } from '../platform/web/ports.ts'
import type { Caller, Exchange } from '../platform/web/route.ts'

/** How each kind of caller is recognised, and where a person is sent who is not recognised yet. */
export function gatekeepers(deps: {
  readonly oidc: Pick<Oidc, 'currentSession' | 'bearer'>
  /** What the house's own API is called as a resource: the one audience whose tokens open it (R26). */
  readonly audience: string
  readonly staff: Gatekeepers['staff']
  /** Left out where the house has no kiosks. */
  readonly kioskVisitor?: (exchange: Exchange) => Promise<Authenticated | undefined>
  readonly subjectSignIn: (caller: Extract<Caller, { who: 'subject' }>, returnTo: string) => string
}): Gatekeepers {
  return {
    subject: async (exchange) => {
      const session = await deps.oidc.currentSession(exchange)
      if (session === undefined) return undefined
      const { subjectId, assurance, sessionRef, authenticatedAt } = session
      return { actor: { kind: 'subject', subjectId, assurance, sessionRef }, authenticatedAt }
    },
    ...(deps.kioskVisitor === undefined ? {} : { kioskVisitor: deps.kioskVisitor }),
    staff: deps.staff,
    client: async (exchange) => {
      const bearer = await deps.oidc.bearer(exchange)
      // A person's token is not the client's own: the two never stand in for one another (R19).
      if (bearer === undefined || bearer.subjectId !== undefined) return undefined
      // Whoever was given a token for another service could otherwise carry it in here (RFC 8707 2, RFC 6750 5.2).
      if (bearer.audience !== deps.audience) return undefined
      return {
        actor: { kind: 'client', clientId: bearer.clientId, scopes: bearer.scopes },
        authenticatedAt: new Date(0),
        ...(bearer.touchpoint === undefined ? {} : { touchpoint: bearer.touchpoint }),
      }
    },
    staffMay: holdsPower,
    clientMay: (actor, scope) => actor.kind === 'client' && (actor.scopes ?? []).includes(scope),
    signInLocation: (caller, returnTo, code) => {
      if (caller.who === 'staff') return staffSignInLocation(returnTo, code)
      if (caller.who === 'kiosk-visitor') return kioskClosedPath
      if (caller.who === 'subject') return deps.subjectSignIn(caller, returnTo)
      return undefined
    },
  }
}

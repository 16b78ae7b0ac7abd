import type { Visits } from '../../oidc/index.ts'
import { cookieName, readCookie } from '../../platform/web/cookies.ts'
import type { Authenticated } from '../../platform/web/ports.ts'
import type { Exchange } from '../../platform/web/route.ts'

/** Without an end of its own: it goes with the browser, and long before that with the visit. */
export const visitCookieName = (https: boolean): string => cookieName('placet_visit', https)

/** The secret that a kiosk's browser sent; undefined when it sent none. */
export const visitSecretOf = ({ req }: Exchange, https: boolean): string | undefined =>
  readCookie(req.headers.cookie, visitCookieName(https))

/** Recognises whoever stands at a kiosk. Being recognised counts as doing something: no page asks for this by itself. */
export const kioskGatekeeper =
  (deps: { readonly visits: Pick<Visits, 'find'> | undefined; readonly https: boolean }) =>
  async (exchange: Exchange): Promise<Authenticated | undefined> => {
    const secret = visitSecretOf(exchange, deps.https)
    const visit = secret === undefined ? undefined : await deps.visits?.find(secret)
    if (visit === undefined) return undefined
    const { subjectId, assurance, ref, authenticatedAt, touchpointId } = visit
    return {
      actor: { kind: 'subject', subjectId, assurance, sessionRef: ref },
      authenticatedAt,
      touchpoint: touchpointId,
    }
  }

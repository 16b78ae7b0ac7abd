import { findStaffSession, type StaffDirectory } from '../../features/staff/index.ts'
import { readCookie } from '../../platform/web/cookies.ts'
import type { Authenticated } from '../../platform/web/ports.ts'
import type { Exchange } from '../../platform/web/route.ts'
import { sessionCookieName } from './session-cookie.ts'

/**
 * Recognises staff by their own cookie, with the roles they hold at this moment. Whoever holds all of them at one place is
 * taken to be there; where somebody with several is, only the surface they use can know.
 */
export function staffGatekeeper(deps: { readonly directory: StaffDirectory; readonly https: boolean }) {
  const name = sessionCookieName(deps.https)
  return async (
    { req }: Exchange,
    { attended }: { readonly attended: boolean },
  ): Promise<Authenticated | undefined> => {
    const session = await findStaffSession(deps, readCookie(req.headers.cookie, name), attended)
    if (session === undefined) return undefined
    const { staffId, assurance, assignments, authenticatedAt, longestPauseSeconds } = session
    const roles = [...new Set(assignments.map(({ role }) => role))]
    const [place, ...elsewhere] = new Set(assignments.map(({ touchpointId }) => touchpointId))
    return {
      actor: { kind: 'staff', staffId, roles, assurance },
      authenticatedAt,
      longestPauseSeconds,
      ...(place === undefined || elsewhere.length > 0 ? {} : { touchpoint: place }),
    }
  }
}

import { looksLikeToken, tokenHash } from './secret-token.ts'
import type { StaffDirectory, StaffSession } from './staff-directory.ts'

/** Whose session this token opens, with the roles of this very moment. Text without the shape of one asks nothing of the database. */
export async function findStaffSession(
  { directory }: { readonly directory: StaffDirectory },
  sessionToken: string | undefined,
  /** False where the page asks by itself, as one that waits does: that keeps no session awake. */
  attended = true,
): Promise<StaffSession | undefined> {
  if (sessionToken === undefined || !looksLikeToken(sessionToken)) return undefined
  return directory.session(tokenHash('staff-session', sessionToken), { attended })
}

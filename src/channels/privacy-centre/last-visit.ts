import type { SubjectId } from '../../kernel/ids.ts'
import type { Exchange } from '../../platform/web/route.ts'
import { activityOf } from './security-activity.ts'
import type { SecurityDeps } from './security-deps.ts'

/** As far back as the person's stream is looked through for an earlier sign-in. */
const lookedThrough = 200

/** The line of a sign-in is written a moment before or after the session notes its time. */
const sameSignInMs = 60_000

/** When this person last signed in before the session they are in; undefined when it is their first. */
export async function lastVisit(
  deps: Pick<SecurityDeps, 'currentSession' | 'recentActivity'>,
  exchange: Exchange,
  subjectId: SubjectId,
): Promise<Date | undefined> {
  const [session, lines] = await Promise.all([
    deps.currentSession(exchange),
    deps.recentActivity(subjectId, lookedThrough),
  ])
  if (session === undefined || session.subjectId !== subjectId) return undefined
  const before = session.authenticatedAt.getTime() - sameSignInMs
  return activityOf(lines).find(({ kind, at }) => kind === 'signed-in' && at.getTime() < before)?.at
}

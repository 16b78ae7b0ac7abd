import type { House } from '../compose.ts'
import { emailIndex, lockSubject, parseEmailAddress } from '../features/identity/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { notFound, PlacetError } from '../kernel/errors.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import { silenceBrowsers } from './push.ts'

export interface SubjectLock {
  readonly actor: Actor
  /** Their id, or an e-mail address of theirs. */
  readonly subject: string
  readonly reason: string
}

async function find({ reads, platform }: House, subject: string): Promise<SubjectId> {
  const id = parseId<'subject'>(subject)
  const address = parseEmailAddress(subject)
  const found =
    id ??
    (address === undefined
      ? undefined
      : await reads.identifiers.findSubject(emailIndex(platform.blindIndex, address)))
  if (found === undefined) throw notFound('subject-unknown', 'There is no such account.')
  return found
}

/**
 * Locks an account and ends all that is open: every session, grant, token and permission to a client. The lock comes first,
 * so that nothing new begins in between; from its commit on no door lets the person in (R31), and what is deleted after
 * it is what could otherwise come back with an unlock. Asked for again, it ends what an interrupted one left.
 */
export async function lockAndEnd(house: House, { actor, subject, reason }: SubjectLock): Promise<SubjectId> {
  const { work, platform, oidc, reads, sealer } = house
  const subjectId = await find(house, subject)
  try {
    await lockSubject(
      { work, clock: platform.clock, entropy: platform.entropy },
      { subjectId, to: 'lock', actor, reason },
    )
  } catch (error) {
    const state = (await reads.subjects.find(subjectId))?.state
    if (!(error instanceof PlacetError && error.code === 'subject-state' && state === 'locked')) throw error
  }
  await oidc.sessions.revokeEverything(subjectId, actor)
  await silenceBrowsers(platform, sealer)({ subjectId, actor, because: 'locked' })
  return subjectId
}

/** Opens a locked account. Whatever was open before the lock is ended first, so that it cannot come back. */
export async function unlock(house: House, { actor, subject, reason }: SubjectLock): Promise<SubjectId> {
  const { work, platform, oidc, reads } = house
  const subjectId = await find(house, subject)
  if ((await reads.subjects.find(subjectId))?.state === 'locked') {
    await oidc.sessions.revokeEverything(subjectId, actor)
  }
  await lockSubject(
    { work, clock: platform.clock, entropy: platform.entropy },
    { subjectId, to: 'unlock', actor, reason },
  )
  return subjectId
}

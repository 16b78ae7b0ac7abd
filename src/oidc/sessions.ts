import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Entropy, SubjectId } from '../kernel/ids.ts'
import type { Work } from '../kernel/work.ts'
import type { ClientCache } from './client-cache.ts'
import type { EndedSession, EndingStores, Notice } from './ending-stores.ts'
import type { OidcReads } from './pg-reads.ts'
import { readSessions } from './pg-sessions.ts'
import type { RowSeal } from './row-seal.ts'

export interface SessionLine {
  /** Names the session; not a secret, and of no use as a cookie. */
  readonly ref: string
  readonly deviceLabel: string | undefined
  readonly startedAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
  readonly clientIds: readonly string[]
}

/** The sessions of a person, for their own page and for staff (R33). Ending one kills every token that grew from it. */
export interface Sessions {
  list(subjectId: SubjectId): Promise<readonly SessionLine[]>
  /** `by` is who ends it; the person themselves unless said otherwise. Answers how many ended. */
  end(subjectId: SubjectId, ref: string, by?: Actor): Promise<number>
  endOthers(subjectId: SubjectId, keepRef: string, by?: Actor): Promise<number>
  endAll(subjectId: SubjectId, by?: Actor): Promise<number>
  /** For a lock or an erasure: everything the engine holds about the person, what they allowed clients included. */
  revokeEverything(subjectId: SubjectId, by: Actor): Promise<void>
}

export interface SessionParts {
  readonly reads: OidcReads
  readonly work: Work<EndingStores>
  readonly rowSeal: RowSeal
  readonly clients: ClientCache
  readonly entropy: Entropy
  readonly clock: Clock
  /** Called when there is something to deliver. */
  readonly nudge: () => void
}

export function createSessions(parts: SessionParts): Sessions {
  const noticesFor = (ended: readonly EndedSession[]): readonly Notice[] =>
    ended.flatMap((session) =>
      Object.entries(authorizationsOf(parts.rowSeal, session))
        .filter(([clientId]) => parts.clients.metadata(clientId)?.['backchannel_logout_uri'] !== undefined)
        .map(([clientId, sid]) => ({ noticeId: parts.entropy.id<'logout-notice'>(), clientId, sid })),
    )

  const end = async (
    subjectId: SubjectId,
    which: { only?: string; except?: string; allowances?: true },
    by: Actor,
    action: string,
  ): Promise<number> => {
    const count = await parts.work(async (tx) => {
      if (which.allowances) await tx.allowances.dropAll(subjectId)
      const ended = await tx.sessions.end(subjectId, which)
      await tx.sessions.queueNotices(subjectId, noticesFor(ended))
      const sessions = new Set(ended.map(({ uid }) => uid)).size
      await tx.audit.record({ action, actor: by, at: parts.clock.now(), subjectId, facts: { sessions } })
      return sessions
    })
    parts.nudge()
    return count
  }

  const self = (subjectId: SubjectId): Actor => ({ kind: 'subject', subjectId, assurance: 'none' })

  return {
    async list(subjectId) {
      const rows = await parts.reads.rows(readSessions, [subjectId])
      return rows.map(([ref, deviceLabel, startedAt, seenAt, expiresAt, clientIds]) => ({
        ref: String(ref),
        deviceLabel: typeof deviceLabel === 'string' ? deviceLabel : undefined,
        startedAt: startedAt as Date,
        seenAt: seenAt as Date,
        expiresAt: expiresAt as Date,
        clientIds: clientIds as string[],
      }))
    },
    end: (subjectId, ref, by = self(subjectId)) => end(subjectId, { only: ref }, by, 'oidc.session-ended'),
    endOthers: (subjectId, keepRef, by = self(subjectId)) =>
      end(subjectId, { except: keepRef }, by, 'oidc.other-sessions-ended'),
    endAll: (subjectId, by = self(subjectId)) => end(subjectId, {}, by, 'oidc.all-sessions-ended'),
    async revokeEverything(subjectId, by) {
      await end(subjectId, { allowances: true }, by, 'oidc.everything-revoked')
    },
  }
}

/** Client and its name for the session (`sid`), for each client this session signed in to. */
function authorizationsOf(rowSeal: RowSeal, session: EndedSession): Readonly<Record<string, string | null>> {
  const payload = rowSeal.open('oidc_sessions', session.hash, session.payload)
  if (typeof payload !== 'object' || payload === null || !('authorizations' in payload)) return {}
  const { authorizations } = payload
  if (typeof authorizations !== 'object' || authorizations === null) return {}
  return Object.fromEntries(
    Object.entries(authorizations).map(([clientId, one]: [string, { sid?: unknown }]) => [
      clientId,
      typeof one.sid === 'string' ? one.sid : null,
    ]),
  )
}

import type { Assurance } from '../kernel/actor.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import { fromAcr } from './assurance.ts'
import { bearerHash } from './bearer-hash.ts'
import type { EngineHolder } from './engine.ts'
import type { OidcReads } from './pg-reads.ts'
import { readCurrentSession } from './pg-sessions.ts'
import type { Exchange } from './ports.ts'
import type { RowSeal } from './row-seal.ts'

export interface CurrentSession {
  readonly subjectId: SubjectId
  readonly assurance: Assurance
  readonly authenticatedAt: Date
  readonly sessionRef: string
}

export type FindCurrentSession = (exchange: Exchange) => Promise<CurrentSession | undefined>

/** Who is signed in in this browser, for our own pages: one read, and nobody whose account is not active. */
export const currentSession =
  (parts: {
    readonly engine: EngineHolder
    readonly reads: OidcReads
    readonly rowSeal: RowSeal
  }): FindCurrentSession =>
  async (exchange) => {
    const id = parts.engine.readCookie(exchange, 'session')
    if (id === undefined) return undefined
    const hash = bearerHash(id)
    const row = await parts.reads.row(readCurrentSession, [hash])
    const [ref, sealed] = row ?? []
    if (typeof ref !== 'string' || !(sealed instanceof Uint8Array)) return undefined
    const payload = parts.rowSeal.open('oidc_sessions', hash.toString('hex'), sealed)
    if (typeof payload !== 'object' || payload === null) return undefined
    const { accountId, acr, loginTs } = payload as Readonly<Record<string, unknown>>
    const subjectId = parseId<'subject'>(accountId)
    if (subjectId === undefined || typeof loginTs !== 'number') return undefined
    return {
      subjectId,
      assurance: fromAcr(acr),
      authenticatedAt: new Date(loginTs * 1000),
      sessionRef: ref,
    }
  }

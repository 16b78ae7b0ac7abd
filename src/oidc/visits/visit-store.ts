import type { SubjectId } from '../../kernel/ids.ts'
import type { Visit } from './visit.ts'

export interface StoredVisit extends Omit<Visit, 'ref'> {
  readonly idHash: Uint8Array
  readonly grantId: string
  readonly keyThumbprint: string
  readonly startedAt: Date
  readonly endsAt: Date
  readonly expiresAt: Date
}

/** Port: visits as they begin and end, in the transaction of their proofs. */
export interface VisitStore {
  /** False when this grant opened a visit before, or is gone: of many hands with one token, one opens it. */
  insert(visit: StoredVisit): Promise<boolean>
  /** For a visit that no device flow came before: what it hangs on. */
  insertGrant(grant: VisitGrant): Promise<void>
  /** Ends the terminal's other visits, their grants and tokens with them: one screen is one person's. */
  endOthers(clientId: string, keep: Uint8Array): Promise<readonly SubjectId[]>
  /** Ends one, whether its time was over or not. */
  end(idHash: Uint8Array): Promise<EndedVisit | undefined>
  /** Ends some of those whose time is over; each is ended by one of the processes that look. */
  endIdle(at: Date, limit: number): Promise<readonly EndedVisit[]>
}

export interface VisitGrant {
  readonly grantId: string
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly sealed: Uint8Array
  readonly expiresAt: Date
}

export interface EndedVisit {
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly touchpointId: string
}

export interface VisitStores {
  readonly visits: VisitStore
}

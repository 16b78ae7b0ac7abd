import type { SubjectId } from '../../kernel/ids.ts'
import type { EngineApproval } from '../engine-approval.ts'

export type CallState = 'pending' | 'approved' | 'redeemed' | 'declined' | 'reported'

export interface StoredCall {
  readonly codeHash: Uint8Array
  readonly clientId: string
  readonly subjectId: SubjectId
  readonly agentId: string
  readonly touchpointId: string | undefined
  readonly state: CallState
  /** Sealed; see call-particulars.ts. */
  readonly particulars: Uint8Array
  readonly startedAt: Date
  readonly requestExpiresAt: Date
  readonly grantId: string | undefined
}

export interface NewCall extends Omit<StoredCall, 'state' | 'grantId'> {
  readonly linkHash: Uint8Array
  readonly intervalSeconds: number
  readonly expiresAt: Date
}

export interface NewPing {
  readonly pingId: string
  readonly clientId: string
  readonly particulars: Uint8Array
  readonly createdAt: Date
  readonly deadlineAt: Date
  readonly expiresAt: Date
}

/**
 * Port: requests as agents, people and clients move them, within one unit of work. Promises: each move is one conditional
 * update that looks at the state and the time, so of any number of answers on any number of processes the first one holds
 * (R52); the row of the engine's request is locked before this one by everybody, redemption included.
 */
export interface CallStore {
  insert(call: NewCall): Promise<void>
  /**
   * Notes that the person is told now. False where they must not be: not active, told too often or about to answer another
   * one, or this client is blocked by them. Of many at one moment for one person as many are true as there is room for.
   */
  claimPrompt(codeHash: Uint8Array, subjectId: SubjectId, at: Date): Promise<boolean>
  /** The request whose message this person got. Takes the lock of the engine's own row; undefined where that is gone. */
  lock(
    linkHash: Uint8Array,
    subjectId: SubjectId,
    at: Date,
  ): Promise<{ readonly call: StoredCall; readonly sealed: Uint8Array | undefined } | undefined>
  /** From pending to approved, in time, while person and client may act. Without a grant where no token comes of it. */
  approve(codeHash: Uint8Array, grantId: string | undefined, at: Date): Promise<boolean>
  /** From approved to redeemed, in time, for the agent who asked, while person and client may act; once (R53, R55). */
  redeem(call: Pick<StoredCall, 'codeHash' | 'clientId' | 'agentId'>, at: Date): Promise<boolean>
  /** Over at this moment, for the agent who asked, unless it was answered with no or used; false when there was nothing to end. */
  end(call: Pick<StoredCall, 'codeHash' | 'clientId' | 'agentId'>, at: Date): Promise<boolean>
  keepApproval(approval: EngineApproval): Promise<void>
  /** From pending to declined, in time. */
  decline(codeHash: Uint8Array, at: Date): Promise<boolean>
  /** From whatever it was to reported; false when it was reported before. The client is blocked for the person. */
  report(call: Pick<StoredCall, 'codeHash' | 'subjectId' | 'clientId'>, at: Date): Promise<boolean>
  /** Deletes the grant and every token that came of it. */
  revoke(call: Pick<StoredCall, 'codeHash' | 'grantId'>): Promise<void>
  queuePing(ping: NewPing): Promise<void>
}

export interface CallStores {
  readonly calls: CallStore
}

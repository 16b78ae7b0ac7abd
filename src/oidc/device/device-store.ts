import type { SubjectId } from '../../kernel/ids.ts'
import type { EngineApproval } from '../engine-approval.ts'

export type FlowState = 'shown' | 'claimed' | 'approved' | 'redeemed' | 'declined' | 'killed'

/** Why a flow ended otherwise than with tokens; the words of the audit trail and of the event. */
export type EndedBecause = 'declined' | 'wrong-number' | 'second-account' | 'second-network' | 'reported'

export interface StoredFlow {
  readonly codeHash: Uint8Array
  readonly clientId: string
  readonly touchpointId: string
  readonly state: FlowState
  /** Sealed: the number on the screen, those offered, and the scopes asked for. */
  readonly particulars: Uint8Array
  readonly startedAt: Date
  readonly expiresAt: Date
  readonly claimedBy: SubjectId
  readonly grantId: string | undefined
  readonly endedBecause: EndedBecause | undefined
}

export interface Claim {
  readonly subjectId: SubjectId
  /** Cut to /24 or /48. */
  readonly network: string
}

/**
 * Port: flows as a phone moves them, within one unit of work. Promises: each move is one conditional update, so of any
 * number of hands on any number of processes exactly one makes it; and the row of the device code is locked before the
 * flow's by everybody, redemption included, so that a flow is never both ended and redeemed.
 */
export interface DeviceStore {
  /** Takes the lock; answers the sealed device code. Undefined when there is no such code, or its row is gone. */
  lock(
    userCodeHash: Uint8Array,
  ): Promise<{ readonly codeHash: Uint8Array; readonly sealed: Uint8Array } | undefined>
  /**
   * The code becomes this person's if it is on a screen now and nobody's, and stays theirs if it was. Whoever else comes
   * ends it (R44, R47): the flow comes back as killed, once. Undefined for a code that is unknown, over, left behind by the
   * terminal's next one, ended, or of a client that may not act.
   */
  claim(userCodeHash: Uint8Array, claim: Claim, at: Date): Promise<StoredFlow | undefined>
  /** From claimed to approved, while the person is active; false when it was not theirs to approve any more. */
  approve(codeHash: Uint8Array, subjectId: SubjectId, grantId: string): Promise<boolean>
  /** From claimed to declined, or to killed. */
  end(codeHash: Uint8Array, subjectId: SubjectId, because: EndedBecause): Promise<boolean>
  /** Ends what this person claimed, however far it got and after its time too. */
  report(userCodeHash: Uint8Array, subjectId: SubjectId): Promise<StoredFlow | undefined>
  keepApproval(approval: EngineApproval): Promise<void>
  /** Deletes the grant and every token that came of it. */
  revoke(flow: Pick<StoredFlow, 'codeHash' | 'grantId'>): Promise<void>
}

export interface DeviceStores {
  readonly device: DeviceStore
}

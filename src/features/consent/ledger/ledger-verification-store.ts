import type { LedgerFinding } from './ledger-audit.ts'

/** One proof of the ledger, or what stood in its way. */
export interface LedgerProof {
  readonly verifiedAt: Date
  /** From which entry on; 0: all of it. */
  readonly since: number
  /** Entries of the log at that moment. */
  readonly size: number
  readonly faults: number
  /** The first of the faults. */
  readonly findings: readonly LedgerFinding[]
}

/** Port. Promises: what was found is appended; nothing in the application can change or remove it. */
export interface LedgerVerificationStore {
  keep(proof: LedgerProof): Promise<void>
}

export interface LedgerVerificationReads {
  last(): Promise<LedgerProof | undefined>
  /** The last one that began at the first entry. */
  lastWhole(): Promise<LedgerProof | undefined>
}

export interface LedgerVerificationStores {
  readonly ledgerVerifications: LedgerVerificationStore
}

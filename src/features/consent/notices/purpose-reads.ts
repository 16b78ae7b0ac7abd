import type { PurposeVersionState } from '../published.ts'
import type { PurposeDraft } from '../purpose-draft.ts'
import type { WorkingCopy } from './working-copy.ts'

/** A version as it was written down, in force or not. */
export interface PurposeVersionRecord {
  readonly version: number
  readonly state: PurposeVersionState
  readonly change: 'editorial' | 'material'
  readonly reconsentMin: number
  readonly publishedAt: Date | undefined
  /** What it says, in the form in which the next one is proposed. */
  readonly proposed: PurposeDraft
}

export interface PurposeRecord {
  readonly id: string
  readonly retiredAt: Date | undefined
  /** Oldest first. */
  readonly versions: readonly PurposeVersionRecord[]
}

/** Port. Promises: read on the primary, at the moment of asking; `all` in the order in which purposes are shown. */
export interface PurposeReads {
  all(): Promise<readonly PurposeRecord[]>
  find(purpose: string): Promise<PurposeRecord | undefined>
  workingCopies(): Promise<readonly WorkingCopy[]>
}

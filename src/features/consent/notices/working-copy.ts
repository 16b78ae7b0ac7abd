import type { Id } from '../../../kernel/ids.ts'
import type { PurposeDocument } from './purpose-document.ts'

export type Revision = Id<'purpose-revision'>

/** The next version of a purpose while it is being written. Nothing is asked or decided by it. */
export interface WorkingCopy {
  readonly purpose: string
  /** New at every save. */
  readonly revision: Revision
  readonly document: PurposeDocument
  /** Who saved it, as the audit trail names them. */
  readonly savedBy: string
  readonly savedAt: Date
}

/** What somebody had before them when they decided: the version in force, and the draft as it was. */
export interface SeenPurpose {
  readonly inForce: number | undefined
  readonly revision: Revision | undefined
}

export const isStillSo = (
  seen: SeenPurpose,
  versions: readonly { readonly version: number; readonly state: string }[],
  copy: WorkingCopy | undefined,
): boolean =>
  seen.inForce === versions.find(({ state }) => state === 'active')?.version &&
  seen.revision === copy?.revision

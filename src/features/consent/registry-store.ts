import type { PublishedNotice, PurposeVersionState } from './published.ts'
import type { PurposeDraft } from './purpose-draft.ts'
import type { RulePack } from './rule-pack.ts'

export interface StoredVersion {
  readonly version: number
  readonly state: PurposeVersionState
  readonly reconsentMin: number
  readonly bases: readonly string[]
  readonly attributes: readonly string[]
  readonly contactChannels: readonly string[]
  readonly recipients: readonly string[]
  readonly sources?: readonly string[] | undefined
}

/**
 * Port for writing the registry. Promises: `versionsOf` locks the purpose until the unit ends, so versions are numbered
 * without gaps and one at most is active; a published notice or rule pack is never changed, and a second one under the
 * same name, version and language is refused.
 */
export interface RegistryStore {
  versionsOf(purpose: string): Promise<readonly StoredVersion[]>
  addPurpose(purpose: string, kind: string, position: number, at: Date): Promise<void>
  addVersion(draft: PurposeDraft, version: number, reconsentMin: number): Promise<void>
  moveVersion(purpose: string, version: number, to: PurposeVersionState, at: Date): Promise<void>
  /** False when it had been retired before: the day it ended stays, or the past would be told otherwise than it was. */
  retirePurpose(purpose: string, at: Date): Promise<boolean>
  countNotices(purpose: string, version: number): Promise<number>
  /** False when this id, version, language and surface already exists. */
  addNotice(notice: PublishedNotice, at: Date): Promise<boolean>
  addRulePack(pack: RulePack, at: Date): Promise<boolean>
}

export interface RegistryStores {
  readonly registry: RegistryStore
}

import type { TerminalStore } from './terminal-store.ts'
import type { Touchpoint } from './touchpoint.ts'
import type { TouchpointDraft } from './touchpoint-rules.ts'

/**
 * Port: the registry within one unit of work. Promises: `lockAll` reads every touchpoint and holds the tree still until
 * the unit ends, so that two parallel changes of it are judged one after the other; nothing is ever deleted, so a code is
 * never used again; every change moves the fingerprint that other processes look at.
 */
export interface TouchpointStore {
  lockAll(): Promise<readonly Touchpoint[]>
  insert(touchpoint: TouchpointDraft, at: Date): Promise<void>
  change(touchpoint: TouchpointDraft, at: Date): Promise<void>
  close(ids: readonly string[], at: Date): Promise<void>
}

/** Port: the registry read whole. `fingerprint` is another one whenever anything in it changed. */
export interface TouchpointSource {
  fingerprint(): Promise<string>
  load(): Promise<{ readonly fingerprint: string; readonly touchpoints: readonly Touchpoint[] }>
}

export interface TouchpointStores {
  readonly touchpoints: TouchpointStore
  readonly terminals: TerminalStore
}

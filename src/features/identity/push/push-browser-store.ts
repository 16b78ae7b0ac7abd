import type { SubjectId } from '../../../kernel/ids.ts'
import type { PushBrowser, StoredPushBrowser } from './push-browser.ts'

type Of = Pick<PushBrowser, 'subjectId' | 'browserId'>

export interface PushBrowserReads {
  /** Oldest first. */
  list(subjectId: SubjectId): Promise<readonly StoredPushBrowser[]>
}

/**
 * Port. Promises: one browser rings for one person in the whole house. `put` takes the browser from whoever had it, answers
 * who that was, and of two people at one moment lets one succeed: the other gets `conflict`.
 */
export interface PushBrowserStore extends PushBrowserReads {
  put(browser: StoredPushBrowser): Promise<Of | undefined>
  /** False when it was not there. */
  remove(of: Of): Promise<boolean>
}

export interface PushStores {
  readonly pushBrowsers: PushBrowserStore
}

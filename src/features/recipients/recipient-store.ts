import type { ClientStore } from './client-store.ts'
import type { Recipient } from './recipient.ts'

/**
 * Port. Promises: `put` keeps one row per id and leaves the day it was first registered as it was; how it was registered
 * until then is kept with the instant, so that a past decision about it can be told.
 */
export interface RecipientStore {
  put(recipient: Recipient, at: Date): Promise<void>
  list(): Promise<readonly Recipient[]>
}

export interface RecipientStores {
  readonly recipients: RecipientStore
  readonly clients: ClientStore
}

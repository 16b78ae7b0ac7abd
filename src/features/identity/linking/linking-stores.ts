import type { IdentityStores } from '../identity-stores.ts'
import type { LinkStore, OpenRequests } from './link-store.ts'

/** What a unit needs that says which accounts are one person's. */
export interface LinkingStores extends Pick<IdentityStores, 'subjects' | 'identifiers'> {
  readonly links: LinkStore
  readonly requests: OpenRequests
}

import type { RequestParts } from '../../features/privacy-requests/index.ts'
import type { PageRenderer } from '../page-renderer.ts'

/** What the officer's pages about requests are given. */
export interface RequestsDeps {
  readonly renderer: PageRenderer
  readonly parts: RequestParts
  /** What people call a place by its code; undefined for a code nobody knows. */
  readonly placeName: (touchpointId: string) => string | undefined
}

export const requestsPath = '/dpo/requests'

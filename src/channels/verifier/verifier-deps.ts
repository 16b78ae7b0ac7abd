import type { BrandModel } from '../../../views/page.tsx'
import type { ConsentLog, PublishedKeys } from '../../features/consent/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface VerifierDeps {
  readonly renderer: PageRenderer
  readonly brand: BrandModel
  readonly clock: Clock
  readonly publishedKeys: () => Promise<PublishedKeys>
  readonly log: Pick<ConsentLog, 'newestCheckpoint'>
  /** Whose name is on receipt credentials; their type is described only where they are issued. */
  readonly credentialIssuer?: string
  /** What the page to keep is made of: style and script, each in one piece, with their CSP sources. */
  readonly saved: {
    readonly css: string
    readonly script: string
    readonly hashes: { readonly css: string; readonly script: string }
  }
}

export const receiptKeysPath = '/.well-known/placet-receipt-keys'

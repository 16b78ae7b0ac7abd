import type {
  CircumstanceParts,
  ConsentRegistry,
  ExplainParts,
  LedgerParts,
  LiftParts,
  OpenPersonParts,
} from '../../features/consent/index.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { PageRenderer } from '../page-renderer.ts'

/** What the pages about one person are given. */
export interface PersonDeps extends OpenPersonParts, ExplainParts {
  readonly renderer: PageRenderer
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly ledger: LedgerParts
  readonly restricting: LiftParts
  readonly circumstances: CircumstanceParts
  readonly sealer: SubjectSealer
  readonly entropy: Entropy
  readonly sealedTokens: SealedTokens
  readonly https: boolean
  readonly house: { readonly controller: string; readonly brand: string }
  /** That of the controller's seat: a day is meant as it was there. */
  readonly timeZone: string
}

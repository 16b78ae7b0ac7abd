import type {
  ConfirmationParts,
  ConsentRecords,
  MoveParts,
  ReceiptProofParts,
  RecordChoicesParts,
  RegistrySource,
  VerifyParts,
} from '../../features/consent/index.ts'
import type { IdentityStores } from '../../features/identity/index.ts'
import type { RequestParts } from '../../features/privacy-requests/index.ts'
import type { AssertionReads, AttributeCatalogue, ProfileStores } from '../../features/profile/index.ts'
import type { DisclosureReads } from '../../features/recipients/index.ts'
import { unauthenticated } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import type { CardDeps } from './card.ts'
import type { CallersDeps } from './security-callers.ts'
import type { NotificationsDeps } from './security-notifications.ts'

export interface PrivacyCentreDeps extends NotificationsDeps, CallersDeps {
  readonly work: Work<IdentityStores & ProfileStores>
  readonly ledger: RecordChoicesParts & {
    readonly records: ConsentRecords
    readonly sealer: SubjectSealer
  }
  readonly proofs: ReceiptProofParts
  /** Receipts are given out as SD-JWT VC too. */
  readonly credentials: boolean
  /** Purposes and texts as they were published at a past moment. */
  readonly past: Pick<RegistrySource, 'loadAsOf'>
  readonly house: { readonly controller: string; readonly brand: string }
  /** A day begins where the controller sits, as every date on these pages is told. */
  readonly timeZone: string
  readonly moves: MoveParts
  readonly privacyRequests: RequestParts
  /** What people call a place by its code, as in "Quiosco 3, Gran Vía"; undefined for a code nobody knows. */
  readonly placeName?: (touchpointId: string) => string | undefined
  readonly disclosures: DisclosureReads
  readonly assertions: AssertionReads
  readonly catalogue: AttributeCatalogue
  readonly sealedTokens: SealedTokens
  readonly confirmations: ConfirmationParts
  readonly guardians: VerifyParts
  /** Left out where the house gives out no loyalty cards. */
  readonly cards?: CardDeps
}

/** Whose pages these are: the person the gatekeeper recognised, and nobody a request could name (R106). */
export function subjectOf({ actor }: Pick<GuardedRequest, 'actor'>): SubjectId {
  if (actor.kind !== 'subject') throw unauthenticated('sign-in-needed', 'Sign in to see this page.')
  return actor.subjectId
}

/** The evidence of an act on these pages, in the language the person was reading. */
export const evidenceOf = (request: GuardedRequest, language: string): Evidence => ({
  ...request.evidence,
  language,
})

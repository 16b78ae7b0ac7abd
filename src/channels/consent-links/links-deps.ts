import { z } from 'zod'
import type {
  ConfirmationParts,
  ReceiptProofParts,
  RecordChoicesParts,
  VerifyParts,
} from '../../features/consent/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface ConsentLinksDeps {
  readonly renderer: PageRenderer
  readonly ledger: RecordChoicesParts
  readonly house: { readonly controller: string; readonly brand: string }
  readonly confirmations: ConfirmationParts
  readonly guardians: VerifyParts
  readonly proofs: ReceiptProofParts
  readonly sealedTokens: SealedTokens
  readonly limiter: Pick<Limiter, 'consume'>
  readonly clock: Clock
  readonly entropy: Entropy
}

/** A sealed address; whatever else stands there was not made here and is answered like one that ran out. */
export const tokenParams = z.strictObject({ token: z.string().max(4096) })

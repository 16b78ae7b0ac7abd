import type { RecordChoicesParts } from '../../features/consent/index.ts'
import type { signInWithPasskey } from '../../features/identity/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { TerminalPlace, Visits } from '../../oidc/index.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { Exchange } from '../../platform/web/route.ts'
import type { PageRenderer } from '../page-renderer.ts'
import type { ReceiptMail } from './receipt-mail.ts'

export interface KioskDeps {
  readonly renderer: PageRenderer
  readonly visits: Visits
  readonly choices: RecordChoicesParts
  readonly sealer: Pick<SubjectSealer, 'openText'>
  readonly house: { readonly controller: string; readonly brand: string }
  readonly limiter: Limiter
  readonly https: boolean
  readonly issuer: URL
  readonly placeOf: (touchpointId: string) => TerminalPlace | undefined
  /** From where a request came, whole. */
  readonly addressOf: (request: Exchange['req']) => string
  /** What a passkey is checked with. */
  readonly passkey: Parameters<typeof signInWithPasskey>[0]
  readonly receiptMail: ReceiptMail
  /** Told after the ledger has it: what asks for confirmations. */
  readonly onRecorded: (subjectId: SubjectId) => void
}

import type { RecordChoicesParts } from '../../features/consent/index.ts'
import type {
  IdentityReads,
  issueCode,
  recordFailedSignIn,
  signInWithCode,
  signInWithPasskey,
} from '../../features/identity/index.ts'
import type { HelpCalls } from '../../features/store-visits/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { TerminalPlace, Visits } from '../../oidc/index.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { Exchange } from '../../platform/web/route.ts'
import type { PageRenderer } from '../page-renderer.ts'
import type { CardLetter } from './card-letter.ts'
import type { ReceiptMail } from './receipt-mail.ts'

/** What a code to the owner of a card is made, sent and judged with. */
export type CardParts = Parameters<typeof issueCode>[0] &
  Parameters<typeof signInWithCode>[0] &
  Parameters<typeof recordFailedSignIn>[0] & {
    readonly reads: Pick<IdentityReads, 'identifiers'>
    readonly blindIndex: BlindIndex
    readonly letter: CardLetter
    readonly later: (act: () => Promise<void>) => void
  }

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
  /** What the page says that stands in for a house that cannot be reached. */
  readonly offline: { readonly brandName: string; readonly timeZone: string }
  readonly card: CardParts
  readonly help: HelpCalls
  /** The store a terminal stands in. */
  readonly storeOf: (touchpointId: string) => string | undefined
  readonly receiptMail: ReceiptMail
  /** Told after the ledger has it: what asks for confirmations. */
  readonly onRecorded: (subjectId: SubjectId) => void
}

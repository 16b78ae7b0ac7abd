import type { CallParts } from '../../features/calls/index.ts'
import type {
  CircumstanceParts,
  ConsentRegistry,
  ContactPointParts,
  ExplainParts,
  FactsReader,
  MoveParts,
  OptOut,
  PermissionReads,
  RecordChoicesParts,
  WithdrawalLink,
} from '../../features/consent/index.ts'
import type { ChangeFeed } from '../../features/delivery/index.ts'
import type { RequestParts } from '../../features/privacy-requests/index.ts'
import type { Client, ClientReads, SubjectNames } from '../../features/recipients/index.ts'
import type { ShowCodeParts, sendTillCode } from '../../features/store-visits/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { ToldActParts } from './told-act.ts'

export interface ApiDeps {
  readonly clients: Pick<ClientReads, 'find'>
  readonly registry: ConsentRegistry
  readonly facts: FactsReader
  readonly past: ExplainParts['past']
  readonly pastFacts: ExplainParts['pastFacts']
  readonly ledger: RecordChoicesParts
  /** How acts are judged that systems tell of. */
  readonly told: ToldActParts
  readonly circumstances: CircumstanceParts
  readonly moves: MoveParts
  readonly privacyRequests: RequestParts
  /** After a yes, which may have to be confirmed by message; must return at once. */
  readonly onYes?: (subjectId: SubjectId) => void
  readonly contactPoints: ContactPointParts
  readonly receiptSealer: Pick<SubjectSealer, 'openText'>
  readonly permissions: PermissionReads
  readonly changes: ChangeFeed
  readonly names: SubjectNames
  /** The name under which a client knows a person; without a sector it is the person's own id. */
  readonly nameOf: (
    client: Pick<Client, 'clientId' | 'metadata'>,
    subjectId: SubjectId,
  ) => { readonly sector: string | undefined; readonly sub: string }
  /** Whose own access token this is, and which client it was given to; undefined for anything else. */
  readonly personBehind: (
    token: string,
  ) => Promise<{ readonly clientId: string; readonly subjectId: SubjectId } | undefined>
  /** The way out that goes with each permission to advertise. */
  readonly optOut: (link: WithdrawalLink) => OptOut
  readonly limiter: Pick<Limiter, 'consume'>
  readonly sealedTokens: SealedTokens
  readonly clock: Clock
  readonly house: { readonly controller: string; readonly brand: string }
  /** Calls of our own agents, as a telephony system announces them. */
  readonly calls: CallParts
  /** Where our own pages are. */
  readonly issuer: URL
  /** What tills are answered with, and the code on the customer's own screen is made with. */
  readonly tills: Parameters<typeof sendTillCode>[0]
  readonly cards: ShowCodeParts
}

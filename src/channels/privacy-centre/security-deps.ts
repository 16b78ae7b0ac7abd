import type {
  IdentityArtefacts,
  IdentityReads,
  IdentityStores,
  RelyingParty,
  silencePushBrowsers,
} from '../../features/identity/index.ts'
import type { Assurance } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { PasswordHasher, PasswordPolicy } from '../../platform/passwords/index.ts'
import type { Exchange } from '../../platform/web/route.ts'
import type { PageRenderer } from '../page-renderer.ts'

/** One open session, as the protocol engine knows it. */
export interface OpenSession {
  readonly ref: string
  readonly deviceLabel?: string | undefined
  readonly seenAt: Date
  readonly clientIds: readonly string[]
}

/** Port to the engine. Promises: an ended session opens nothing any more, and the applications in it are told. */
export interface Sessions {
  list(subjectId: SubjectId): Promise<readonly OpenSession[]>
  end(subjectId: SubjectId, ref: string): Promise<unknown>
  endOthers(subjectId: SubjectId, keepRef: string): Promise<unknown>
}

/** One line of the person's own audit stream. */
export interface ActivityLine {
  readonly seq: number
  readonly entry: Readonly<Record<string, unknown>>
}

export interface SecurityDeps {
  /** What a store, kiosk or desk is called. */
  readonly placeName?: (touchpointId: string) => string | undefined
  readonly renderer: PageRenderer
  readonly work: Work<IdentityStores>
  readonly reads: IdentityReads
  readonly artefacts: IdentityArtefacts
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
  readonly hasher: PasswordHasher
  readonly policy: PasswordPolicy
  readonly limiter: Limiter
  readonly clock: Clock
  readonly entropy: Entropy
  readonly relyingParty: RelyingParty
  readonly sessions: Sessions
  /** How surely, and when, the person behind this session last proved who they are. */
  readonly currentSession: (exchange: Exchange) => Promise<
    | {
        readonly subjectId: SubjectId
        readonly assurance: Assurance
        readonly authenticatedAt: Date
        readonly sessionRef: string
      }
    | undefined
  >
  /** Lets browsers that may be in somebody else's hands ring no more. */
  readonly silence: (command: Parameters<typeof silencePushBrowsers>[1]) => Promise<unknown>
  /** The newest lines of the person's stream, newest first. */
  readonly recentActivity: (subjectId: SubjectId, most: number) => Promise<readonly ActivityLine[]>
  readonly clientNames: (clientIds: readonly string[]) => Promise<readonly string[]>
  /** Tells every verified address of the account. */
  readonly tell: (
    subjectId: SubjectId,
    news: {
      readonly event:
        | 'passkey-added'
        | 'passkey-removed'
        | 'password-set'
        | 'password-changed'
        | 'notifications-on'
      readonly at: Date
      readonly detail?: string
      readonly evidence: Evidence
    },
  ) => Promise<void>
  /** Runs after the answer has left. */
  readonly later: (task: () => Promise<void>) => void
  readonly https: boolean
  readonly passwordMinLength: number
}

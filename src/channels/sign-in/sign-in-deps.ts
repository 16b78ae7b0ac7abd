import type { SignInShortcut } from '../../../views/sign-in/identify.tsx'
import type {
  EmailAddress,
  EntranceStores,
  IdentityArtefacts,
  IdentityReads,
  IdentityStores,
  RelyingParty,
} from '../../features/identity/index.ts'
import type { AttributeCatalogue, ProfileStores } from '../../features/profile/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { PasswordHasher, PasswordPolicy } from '../../platform/passwords/index.ts'
import type { PageRenderer } from '../page-renderer.ts'
import type { AccountMail } from './account-mail.ts'
import type { Interactions, PreviewClaims } from './engine.ts'

export interface SignInDeps {
  readonly renderer: PageRenderer
  readonly interactions: Interactions
  readonly previewClaims: PreviewClaims
  readonly work: Work<IdentityStores & ProfileStores>
  /** For letting somebody in, and nothing else. */
  readonly entrances: Work<EntranceStores>
  readonly reads: IdentityReads
  readonly artefacts: IdentityArtefacts
  readonly catalogue: AttributeCatalogue
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
  readonly sealedTokens: SealedTokens
  /** Key of one-time codes at rest. */
  readonly codeKey: Uint8Array
  readonly hasher: PasswordHasher
  readonly policy: PasswordPolicy
  readonly limiter: Limiter
  readonly clock: Clock
  readonly entropy: Entropy
  readonly relyingParty: RelyingParty
  readonly mail: AccountMail
  /**
   * Runs after the answer has left, so that neither the mail nor its absence can be timed (R63). Failures are logged by
   * whoever runs it; they never reach the person.
   */
  readonly later: (task: () => Promise<void>) => void
  readonly https: boolean
  /** ISO 3166 country a new account belongs to. */
  readonly jurisdiction: string
  /** Fewest characters of a password, as the policy has it. */
  readonly passwordMinLength: number
  /** Attributes an account cannot do without; all others that are asked for are optional. */
  readonly requiredAttributes: readonly string[]
  /** Attributes the registration asks for, beside the required ones. */
  readonly optionalAttributes: readonly string[]
  /** Buttons on the first page that sign somebody in at once: what a demo adds. */
  readonly shortcuts?: (uid: string) => readonly SignInShortcut[]
  readonly termsHref?: string
  readonly privacyNoticeHref?: string
}

/** Whoever has an account by this address. */
export interface Addressee {
  readonly email: EmailAddress
  readonly index: Uint8Array
  readonly subjectId: SubjectId | undefined
}

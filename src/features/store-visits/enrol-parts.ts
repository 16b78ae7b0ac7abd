import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SealedTokens, SubjectSealer } from '../../platform/crypto/index.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { DecidedStores, EmailAddress, IdentityReads, IdentityStores } from '../identity/index.ts'
import type { EnrolmentId, EnrolmentReads, EnrolStores } from './enrol-store.ts'

/** What a unit of an enrolment holds. */
export type EnrolTx = EnrolStores &
  Pick<IdentityStores, 'subjects' | 'subjectKeys' | 'identifiers'> &
  DecidedStores

/** The mails of an enrolment. Neither carries anything but what it is for. */
export interface EnrolMail {
  /** SHA-256, base64url, of what `finish` says, without what differs from one person to the next. */
  wordingOfFinish(mail: Pick<StoreMail, 'language' | 'touchpointId'>): string
  /** Asks whoever reads the address to finish. */
  finish(to: EmailAddress, mail: StoreMail & { readonly until: Date }): Promise<void>
  /** Tells whoever has an account that somebody asked to enrol them, and how to say that it was not them. */
  accountExists(to: EmailAddress, mail: StoreMail): Promise<void>
}

export interface StoreMail {
  /** Whose mail it is: its name on the wire is made of it, and proves which one was answered. */
  readonly enrolmentId: EnrolmentId
  readonly language: string
  readonly touchpointId: string
  readonly token: string
}

/** What the use cases of enrolment are given. `Tx` is what a unit holds beside. */
export interface EnrolParts<Tx extends EnrolTx> {
  readonly work: Work<Tx>
  readonly reads: EnrolmentReads
  readonly identity: Pick<IdentityReads, 'identifiers'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
  readonly tokens: SealedTokens
  readonly limiter: Pick<Limiter, 'consume'>
  /** Throws unless the actor may enrol at this store, at this moment. */
  readonly authorize: (tx: Tx, actor: Actor, touchpointId: string) => Promise<void>
  /** False for a place that is no store, or is closed. */
  readonly isOpenStore: (touchpointId: string) => boolean
  readonly mail: EnrolMail
  /** Runs after the answer has left, so that which mail it was cannot be timed (R63). */
  readonly later: (task: () => Promise<void>) => void
  /** Whose law is looked up for somebody who has just come. */
  readonly jurisdiction: string
}

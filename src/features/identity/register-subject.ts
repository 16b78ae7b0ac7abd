import type { Clock } from '../../kernel/clock.ts'
import { conflict } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Proofs, Work } from '../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import type { EmailAddress } from './email-address.ts'
import { identityEvent } from './events.ts'
import { emailIndex, identifierPlace } from './identifier.ts'
import type { IdentityStores } from './identity-stores.ts'

export interface RegisterSubject {
  readonly email: EmailAddress
  /** When the person proved that they read this mailbox. No account begins without (R80). */
  readonly emailProvenAt: Date
  readonly language: string
  readonly jurisdiction: string
  /** Made by `hashNewPassword`. */
  readonly passwordHash?: string
  readonly evidence: Evidence
}

/**
 * Subject, key, identifier, password and whatever `within` adds (what the person declared about themselves) are one unit
 * with their proof and their event. Throws `conflict('identifier-taken')` when the address has an account: whoever gets
 * that far has proven the mailbox, so they may be told, and signed in instead.
 */
export async function registerSubject<Stores extends IdentityStores>(
  deps: {
    readonly work: Work<Stores>
    readonly sealer: SubjectSealer
    readonly blindIndex: BlindIndex
    readonly clock: Clock
    readonly entropy: Entropy
  },
  command: RegisterSubject,
  within: (tx: Stores & Proofs, subjectId: SubjectId) => Promise<void> = async () => {},
): Promise<SubjectId> {
  const { email, language, jurisdiction, evidence } = command
  const subjectId = deps.entropy.id<'subject'>()
  const identifierId = deps.entropy.id<'identifier'>()
  try {
    return await deps.work(async (tx) => {
      const at = deps.clock.now()
      const free = await tx.identifiers.claim(emailIndex(deps.blindIndex, email), {
        kind: 'email',
        subjectId,
        identifierId,
      })
      if (!free) throw conflict('identifier-taken', 'There is an account with this address.')
      await tx.subjects.insert({ subjectId, state: 'active', jurisdiction, language, createdAt: at })
      await tx.subjectKeys.insert(await deps.sealer.create(subjectId))
      await tx.identifiers.insert({
        subjectId,
        identifierId,
        kind: 'email',
        sealedValue: await deps.sealer.sealText(subjectId, identifierPlace(identifierId), email),
        verifiedAt: command.emailProvenAt,
        createdAt: at,
      })
      if (command.passwordHash !== undefined) await tx.passwords.set(subjectId, command.passwordHash, at)
      await within(tx, subjectId)
      await tx.audit.record({
        action: 'subject.registered',
        actor: { kind: 'subject', subjectId, assurance: 'code' },
        at,
        subjectId,
        evidence,
        facts: { password: command.passwordHash !== undefined },
      })
      await tx.outbox.add(identityEvent(deps.entropy, 'subject.registered', subjectId, at))
      return subjectId
    })
  } catch (error) {
    deps.sealer.forget(subjectId)
    throw error
  }
}

import type { Clock } from '../../kernel/clock.ts'
import { conflict } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Proofs, Work } from '../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import type { DecidedStores } from './decided-answers.ts'
import type { EmailAddress } from './email-address.ts'
import { identityEvent } from './events.ts'
import { emailIndex, identifierPlace } from './identifier.ts'
import type { IdentityStores } from './identity-stores.ts'
import { proveWaiting } from './prove-address.ts'

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
 * with their proof and their event. Whoever was enrolled in a store or imported, and never proved the address, becomes the
 * owner of that very account now, with whatever was recorded for them. Throws `conflict('identifier-taken')` when the address has an account: whoever gets
 * that far has proven the mailbox, so they may be told, and signed in instead.
 */
export async function registerSubject<Stores extends IdentityStores & DecidedStores>(
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
  const newId = deps.entropy.id<'subject'>()
  const identifierId = deps.entropy.id<'identifier'>()
  const index = emailIndex(deps.blindIndex, email)
  try {
    return await deps.work(async (tx) => {
      const at = deps.clock.now()
      let subjectId = newId
      const free = await tx.identifiers.claim(index, { kind: 'email', subjectId, identifierId })
      if (free) {
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
      } else {
        const waiting = await tx.identifiers.findUnproven(index)
        if (waiting === undefined || !(await proveWaiting(tx, waiting, at))) {
          throw conflict('identifier-taken', 'There is an account with this address.')
        }
        subjectId = waiting.subjectId
        // The language is theirs from now on and not what somebody typed for them. Their law is that of the house, as for every
        // newcomer, unless a fact moved them under another one; a form of ours says nothing about where they live.
        await tx.subjects.setLanguage(subjectId, language)
      }
      if (command.passwordHash !== undefined) await tx.passwords.set(subjectId, command.passwordHash, at)
      await within(tx, subjectId)
      await tx.audit.record({
        action: 'subject.registered',
        actor: { kind: 'subject', subjectId, assurance: 'code' },
        at,
        subjectId,
        evidence,
        facts: {
          password: command.passwordHash !== undefined,
          ...(free ? {} : { knownBefore: true }),
        },
      })
      await tx.outbox.add(identityEvent(deps.entropy, 'subject.registered', subjectId, at))
      return subjectId
    })
  } catch (error) {
    deps.sealer.forget(newId)
    throw error
  }
}

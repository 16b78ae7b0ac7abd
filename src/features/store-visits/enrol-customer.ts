import type { Actor } from '../../kernel/actor.ts'
import { invalid, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { admitUnproven, type EmailAddress, emailIndex } from '../identity/index.ts'
import { storeEvent } from './enrol-events.ts'
import { linkLasts, sealEnrolmentLink } from './enrol-links.ts'
import type { EnrolParts, EnrolTx } from './enrol-parts.ts'
import type { EnrolmentRef } from './enrol-store.ts'

export interface EnrolCustomer {
  readonly actor: Actor
  readonly evidence: Evidence
  readonly touchpointId: string
  readonly email: EmailAddress
  readonly language: string
}

/** What the assistant shows the customer. The same for every address, whether or not it has an account. */
export interface HandOff {
  readonly token: string
  readonly until: Date
}

/**
 * An assistant begins what the customer finishes: an address and a language, and nothing else. No answer to any question is
 * taken here, because a box that staff ticks proves nothing (C-61/19 Orange Romania). Whoever has an account is left as they
 * are, and told by mail; the assistant's screen cannot tell one from the other (R63).
 *
 * Throws `touchpoint-unknown`, `tooMany`, and what `authorize` throws.
 */
export async function enrolCustomer<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  command: EnrolCustomer,
): Promise<HandOff> {
  const { actor, touchpointId, email, language } = command
  if (actor.kind !== 'staff') throw refused('not-staff', 'Only staff may do this.')
  if (!parts.isOpenStore(touchpointId)) {
    throw invalid('touchpoint-unknown', 'Choose one of your stores.', [
      { field: 'store', code: 'store-unknown' },
    ])
  }
  await parts.limiter.consume(actor.staffId, 'store-enrol-staff')
  const index = emailIndex(parts.blindIndex, email)
  await parts.limiter.consume(Buffer.from(index).toString('hex'), 'store-mail-recipient')
  const evidence: Evidence = { ...command.evidence, touchpoint: touchpointId }
  const begun = await parts.work(async (tx) => {
    await parts.authorize(tx, actor, touchpointId)
    const at = parts.clock.now()
    const told = { email, language, jurisdiction: parts.jurisdiction, at }
    let admitted = await admitUnproven(parts, tx, told)
    // Held until this enrolment stands: who is being forgotten at this moment is a newcomer once more.
    if (admitted.outcome === 'waiting' && (await tx.subjects.lock(admitted.whose.subjectId)) === undefined) {
      admitted = await admitUnproven(parts, tx, told)
    }
    const whose = admitted.outcome === 'account' ? undefined : admitted.whose
    const ref: EnrolmentRef = {
      // An id that nobody has: both kinds are written alike.
      subjectId: whose?.subjectId ?? parts.entropy.id<'subject'>(),
      enrolmentId: parts.entropy.id<'enrolment'>(),
    }
    if (admitted.outcome !== 'newcomer') await spendAKey(parts)
    const broughtBefore =
      admitted.outcome === 'waiting' &&
      (await tx.enrolments.of(ref.subjectId)).some(({ newcomer }) => newcomer)
    await tx.enrolments.insert({
      ...ref,
      identifierId: whose?.identifierId,
      newcomer: admitted.outcome === 'newcomer' || broughtBefore,
      touchpointId,
      staffId: actor.staffId,
      language,
      mailHash: parts.mail.wordingOfFinish({ language, touchpointId }),
      createdAt: at,
      expiresAt: new Date(at.getTime() + linkLasts.mail),
    })
    await tx.audit.record({
      action: 'store.enrolment-begun',
      actor,
      at,
      subjectId: ref.subjectId,
      evidence,
      facts: { enrolmentId: ref.enrolmentId, outcome: admitted.outcome },
    })
    if (admitted.outcome === 'newcomer') {
      await tx.outbox.add(
        storeEvent(parts.entropy, 'store.customer-enrolled', at, { touchpointId }, ref.subjectId),
      )
    }
    return { ref, at, hasAccount: whose === undefined }
  })
  const { ref, at, hasAccount } = begun
  const mail = {
    enrolmentId: ref.enrolmentId,
    language,
    touchpointId,
    token: sealEnrolmentLink(parts.tokens, 'mail', ref, at),
  }
  parts.later(async () => {
    if (hasAccount) {
      await tellInActivity(parts, { ...command, evidence }, ref)
      await parts.mail.accountExists(email, mail)
    } else await parts.mail.finish(email, { ...mail, until: new Date(at.getTime() + linkLasts.mail) })
  })
  return {
    token: sealEnrolmentLink(parts.tokens, 'hand-off', ref, at),
    until: new Date(at.getTime() + linkLasts['hand-off']),
  }
}

/** Whoever is known gets no key; wrapping one takes as long as asking a key service does, and would tell them apart (R63). */
async function spendAKey<Tx extends EnrolTx>(parts: EnrolParts<Tx>): Promise<void> {
  const nobody = parts.entropy.id<'subject'>()
  await parts.sealer.create(nobody)
  parts.sealer.forget(nobody)
}

/** Whoever has the account sees in their own activity that somebody asked, and where; the assistant has their answer by then. */
async function tellInActivity<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  { actor, evidence, email }: EnrolCustomer,
  { enrolmentId }: EnrolmentRef,
): Promise<void> {
  const subjectId = await parts.identity.identifiers.findSubject(emailIndex(parts.blindIndex, email))
  if (subjectId === undefined) return
  await parts.work(({ audit }) =>
    audit.record({
      action: 'store.enrolment-tried',
      actor,
      at: parts.clock.now(),
      subjectId,
      evidence,
      facts: { enrolmentId },
    }),
  )
}

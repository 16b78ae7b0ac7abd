import type { Evidence } from '../../kernel/evidence.ts'
import { forgetUnprovenAddress } from '../identity/index.ts'
import { enrolmentAt } from './enrol-answer.ts'
import { storeEvent } from './enrol-events.ts'
import type { EnrolParts, EnrolTx } from './enrol-parts.ts'
import type { Enrolment } from './enrol-store.ts'

class Ended extends Error {}

/**
 * "It was not me": whoever reads the address wants nothing of it. What was answered is gone, and so is the person, where we
 * only have them from this enrolment; the store's numbers keep that it happened. Whoever has an account says it too: theirs
 * stays as it is, and the enrolment, which nobody has, tells of nobody.
 */
export async function disownEnrolment<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  { token, evidence }: { readonly token: string; readonly evidence: Evidence },
): Promise<'disowned' | 'ended'> {
  const enrolment = await enrolmentAt(parts, 'mail', token)
  const { subjectId, enrolmentId, touchpointId, identifierId } = enrolment
  if (enrolment.outcome === 'disowned') return 'disowned'
  const hasAccount = identifierId === undefined
  try {
    await parts.work(async (tx) => {
      const at = parts.clock.now()
      if (!(await tx.enrolments.end(enrolment, 'disowned', at))) throw new Ended()
      await tx.audit.record({
        action: 'store.enrolment-disowned',
        actor: hasAccount ? { kind: 'anonymous' } : { kind: 'subject', subjectId, assurance: 'code' },
        at,
        subjectId,
        evidence: { ...evidence, touchpoint: touchpointId },
        facts: { enrolmentId },
      })
      await tx.outbox.add(
        storeEvent(
          parts.entropy,
          'store.enrolment-disowned',
          at,
          { touchpointId },
          hasAccount ? undefined : subjectId,
        ),
      )
    })
  } catch (error) {
    if (error instanceof Ended) return 'ended'
    throw error
  }
  await forgetNewcomer(parts, enrolment)
  return 'disowned'
}

/**
 * The address goes where an enrolment brought it and nobody proved it, and with it the person, their key included, if nothing
 * else is known of them; whoever was known before stays as they were. `stillNeeded` is asked once nobody can begin
 * another enrolment of theirs.
 */
export async function forgetNewcomer<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  { subjectId, identifierId, newcomer }: Enrolment,
  stillNeeded: (tx: Tx) => Promise<boolean> = async () => false,
): Promise<boolean> {
  if (!newcomer || identifierId === undefined) return false
  return forgetUnprovenAddress(
    { ...parts, reads: { identifiers: parts.identity.identifiers } },
    { subjectId, contactPoint: identifierId, withPerson: true, stillNeeded },
  )
}

import { forgetNewcomer } from './enrol-disown.ts'
import { linkLasts } from './enrol-links.ts'
import type { EnrolParts, EnrolTx } from './enrol-parts.ts'

/**
 * Lets go of what nobody finished: after three days, when the mail leads nowhere any more, the answers, and an address and a
 * person that only enrolments brought. There is no ground to keep any of it (GDPR Art. 5(1)(e)). A newcomer whom
 * somebody began to enrol again meanwhile is kept for as long as that lasts.
 */
export async function sweepEnrolments<Tx extends EnrolTx>(
  parts: EnrolParts<Tx>,
  most = 500,
): Promise<{ readonly forgotten: number; readonly removed: number }> {
  const now = parts.clock.now()
  const swept = { forgotten: 0, removed: 0 }
  for (const enrolment of await parts.reads.expired(now, most)) {
    const { subjectId, enrolmentId, outcome } = enrolment
    const begunAgain = async ({ enrolments }: Pick<EnrolTx, 'enrolments'>) =>
      (await enrolments.of(subjectId)).some(
        (other) => other.createdAt.getTime() + linkLasts.mail > now.getTime(),
      )
    if (outcome === undefined && (await forgetNewcomer(parts, enrolment, begunAgain))) swept.forgotten += 1
    await parts.work(async (tx) => {
      if (await tx.enrolments.remove(enrolment)) swept.removed += 1
      await tx.audit.record({
        action: 'store.enrolment-removed',
        actor: { kind: 'system', name: 'store-enrolments' },
        at: now,
        subjectId,
        facts: { enrolmentId, outcome: outcome ?? 'unfinished' },
      })
    })
  }
  return swept
}

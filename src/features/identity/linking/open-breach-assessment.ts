import type { Actor } from '../../../kernel/actor.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import type { Proofs } from '../../../kernel/work.ts'
import { linkingEvent } from './events.ts'
import type { SamePerson } from './link.ts'

/** From the moment the controller knows of it (GDPR Art. 33(1)). */
const hoursToNotify = 72

/**
 * Two people were taken for one: what was permitted of one may have rested on the other's word. That may be a breach, so it
 * is put before whoever assesses it, in the stream and the trail of both, with the time that is left.
 */
export async function openBreachAssessment(
  { entropy }: { readonly entropy: Entropy },
  { audit, outbox }: Proofs,
  found: {
    readonly link: SamePerson
    readonly actor: Actor
    readonly reason: string
    readonly at: Date
  },
): Promise<void> {
  const { link, actor, reason, at } = found
  const since = link.at.toISOString()
  const notifyBy = new Date(at.getTime() + hoursToNotify * 3_600_000).toISOString()
  for (const [place, subjectId] of link.subjects.entries()) {
    const other = link.subjects[1 - place] ?? subjectId
    await audit.record({
      action: 'subject.breach-assessment-opened',
      actor,
      at,
      subjectId,
      reason,
      facts: { linkId: link.linkId, other, since, notifyBy },
    })
    await outbox.add(
      linkingEvent(entropy, 'subject.breach-assessment-opened', subjectId, at, {
        linkId: link.linkId,
        other,
        since,
        awareAt: at.toISOString(),
        notifyBy,
      }),
    )
  }
}

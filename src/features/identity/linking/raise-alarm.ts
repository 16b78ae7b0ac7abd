import type { Entropy } from '../../../kernel/ids.ts'
import type { Proofs } from '../../../kernel/work.ts'
import { linkingEvent } from './events.ts'
import type { Pair } from './link.ts'
import type { LinkRefusal } from './link-refusal.ts'

/** Tells whoever watches that a rule or a colleague may be wrong about somebody. */
export async function raiseAlarm(
  { entropy }: { readonly entropy: Entropy },
  { outbox }: Pick<Proofs, 'outbox'>,
  alarm: {
    readonly reason: LinkRefusal | 'CLUSTER_LARGE'
    readonly rule: string
    readonly size: number
    readonly pair: Pair
    readonly at: Date
  },
): Promise<void> {
  const { reason, rule, size, pair, at } = alarm
  for (const subjectId of pair)
    await outbox.add(linkingEvent(entropy, 'subject.link-alarm', subjectId, at, { reason, rule, size }))
}

import type { Clock } from '../../../kernel/clock.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import { SealBroken, type SubjectSealer } from '../../../platform/crypto/index.ts'
import { evidencePlace } from '../append-act.ts'
import { commitmentOf, openingOf } from '../evidence-of-act.ts'
import type { ConsentLog, PlacedFact, WaitingFact } from './consent-log.ts'
import { base64Url, rowHash, tagFor } from './log-row.ts'
import { tilesCompletedBy } from './tree-tiles.ts'

export interface AppenderParts {
  readonly log: ConsentLog
  readonly clock: Clock
  readonly entropy: Entropy
  readonly sealer: Pick<SubjectSealer, 'derive' | 'openText'>
  /** What the log is called when this house opens it: controller, subject matter, edition. */
  readonly logName: string
}

/** Enough that a turn costs little per fact, few enough that it takes tens of milliseconds. */
const most = 500

export const tagKeyName = 'consent-log tag'

/** Of somebody whose key is gone nothing may be found again: their entry gets what no key will ever give. */
async function tagOf(
  { sealer, entropy }: AppenderParts,
  fact: WaitingFact,
  seq: number,
): Promise<Uint8Array> {
  try {
    return tagFor(await sealer.derive(fact.subjectId, tagKeyName), seq)
  } catch (error) {
    if (error instanceof SealBroken) return entropy.bytes(32)
    throw error
  }
}

/** What an act from before the log would have been committed to. Of evidence nobody can open, nothing can be promised. */
async function commitmentIn({ sealer, entropy }: AppenderParts, fact: WaitingFact): Promise<Uint8Array> {
  const { subjectId, eventId, commitment, sealedEvidence } = fact
  if (commitment !== undefined) return commitment
  try {
    const sealed = sealedEvidence ?? new Uint8Array()
    return commitmentOf(openingOf(await sealer.openText(subjectId, evidencePlace(eventId), sealed)))
  } catch (error) {
    if (error instanceof SealBroken || error instanceof SyntaxError) return entropy.bytes(32)
    throw error
  }
}

/**
 * Gives every fact that waits its place in the log, and answers how many got one. Any number of processes may try at
 * once: one has the turn, the others do nothing. Killed in the middle, it leaves the facts waiting.
 */
export async function appendWaiting(parts: AppenderParts): Promise<number> {
  for (let appended = 0; ; ) {
    const placed = await parts.log.inTurn(parts.logName, parts.clock.now(), async (turn) => {
      const waiting = await turn.waiting(most)
      const facts: PlacedFact[] = []
      for (const [at, fact] of waiting.entries()) {
        const seq = turn.size + at
        facts.push({
          subjectId: fact.subjectId,
          eventId: fact.eventId,
          row: {
            v: 1,
            log: turn.name,
            seq,
            recorded_at: fact.recordedAt.toISOString(),
            type: fact.type,
            notice_hash: fact.noticeHash === undefined ? null : base64Url(fact.noticeHash),
            commit: base64Url(await commitmentIn(parts, fact)),
            tag: base64Url(await tagOf(parts, fact, seq)),
          },
        })
      }
      if (facts.length === 0) return 0
      const leaves = facts.map(({ row }) => rowHash(row))
      await turn.append(facts, await tilesCompletedBy(turn.size, leaves, turn.entriesOf))
      return facts.length
    })
    appended += placed ?? 0
    if (placed === undefined || placed < most) return appended
  }
}

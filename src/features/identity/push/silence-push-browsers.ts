import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import { openPushBrowser, type StoredPushBrowser } from './push-browser.ts'
import type { PushBrowserReads, PushStores } from './push-browser-store.ts'

/** Undefined where it does not open: then nobody can say that it is the one they are at, and it goes like the others. */
const markOf = (
  sealer: Pick<SubjectSealer, 'openText'>,
  one: StoredPushBrowser,
): Promise<string | undefined> =>
  openPushBrowser(sealer, one).then(
    ({ mark }) => mark,
    () => undefined,
  )

/**
 * Whoever ends what is open elsewhere, or changes how they sign in, may have lost a device: every browser but the one they
 * are at rings no more. One that a thief holds would show them the words of each call, and because its push service takes the
 * message, neither text nor mail would reach the owner. A session does not tell which browser it is in, so all others
 * go; it only takes away, and what is sent goes by text or mail until they are turned on again. How many there were.
 */
export async function silencePushBrowsers(
  deps: {
    readonly work: Work<PushStores>
    readonly pushBrowsers: PushBrowserReads
    readonly sealer: Pick<SubjectSealer, 'openText'>
    readonly clock: Clock
  },
  command: {
    readonly subjectId: SubjectId
    /** The mark of the browser that rings on. */
    readonly keep?: string
    readonly actor: Actor
    readonly because: 'sessions-ended' | 'credentials-changed' | 'locked'
    readonly evidence?: Evidence
  },
): Promise<number> {
  const { subjectId, keep, actor, because, evidence } = command
  // Most people let none ring, and then there is nothing to write.
  const known = await deps.pushBrowsers.list(subjectId)
  const marked = await Promise.all(
    known.map(async (one) => ({
      one,
      kept: keep !== undefined && (await markOf(deps.sealer, one)) === keep,
    })),
  )
  const lost = marked.filter(({ kept }) => !kept).map(({ one }) => one)
  if (lost.length === 0) return 0
  return deps.work(async ({ pushBrowsers, audit }) => {
    for (const { browserId } of lost) {
      const removed = await pushBrowsers.remove({ subjectId, browserId })
      await audit.record({
        action: removed ? 'push-browser.removed' : 'push-browser.not-found',
        actor,
        at: deps.clock.now(),
        subjectId,
        ...(evidence === undefined ? {} : { evidence }),
        facts: { browserId, because },
      })
    }
    return lost.length
  })
}

import type { Assurance } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { PushBrowserId } from './push-browser.ts'
import type { PushStores } from './push-browser-store.ts'

/** Needs no fresh proof: it only takes away, and what is sent goes by text or mail instead. False when it was not there. */
export const removePushBrowser = (
  deps: { readonly work: Work<PushStores>; readonly clock: Clock },
  command: {
    readonly subjectId: SubjectId
    readonly browserId: PushBrowserId
    readonly assurance: Assurance
    readonly evidence: Evidence
  },
): Promise<boolean> =>
  deps.work(async ({ pushBrowsers, audit }) => {
    const { subjectId, browserId, assurance, evidence } = command
    const removed = await pushBrowsers.remove({ subjectId, browserId })
    await audit.record({
      action: removed ? 'push-browser.removed' : 'push-browser.not-found',
      actor: { kind: 'subject', subjectId, assurance },
      at: deps.clock.now(),
      subjectId,
      evidence,
      facts: { browserId },
    })
    return removed
  })

import type { Clock } from '../../../kernel/clock.ts'
import type { Work } from '../../../kernel/work.ts'
import type { PushBrowser } from './push-browser.ts'
import type { PushStores } from './push-browser-store.ts'

/** Browsers whose push service says that they are gone for good (RFC 8030 7.3): permission taken back, data cleared. */
export const forgetPushBrowsers = (
  deps: { readonly work: Work<PushStores>; readonly clock: Clock },
  gone: readonly PushBrowser[],
): Promise<void> =>
  deps.work(async ({ pushBrowsers, audit }) => {
    for (const { subjectId, browserId } of gone) {
      await pushBrowsers.remove({ subjectId, browserId })
      await audit.record({
        action: 'push-browser.removed',
        actor: { kind: 'system', name: 'push' },
        at: deps.clock.now(),
        subjectId,
        facts: { browserId, because: 'gone' },
      })
    }
  })

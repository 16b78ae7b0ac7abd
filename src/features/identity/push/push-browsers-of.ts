import type { SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import { openPushBrowser, type PushBrowser } from './push-browser.ts'
import type { PushBrowserReads } from './push-browser-store.ts'

/** Every browser that rings for the person, oldest first. */
export async function pushBrowsersOf(
  deps: { readonly pushBrowsers: PushBrowserReads; readonly sealer: Pick<SubjectSealer, 'openText'> },
  subjectId: SubjectId,
): Promise<readonly PushBrowser[]> {
  const stored = await deps.pushBrowsers.list(subjectId)
  return Promise.all(stored.map((one) => openPushBrowser(deps.sealer, one)))
}

/** The same for the person themselves: whose service it is, and since when. The keys are of no use to anybody. */
export const pushBrowsersData = async (
  deps: Parameters<typeof pushBrowsersOf>[0],
  subjectId: SubjectId,
): Promise<readonly object[]> =>
  (await pushBrowsersOf(deps, subjectId)).map(({ label, endpoint, createdAt }) => ({
    browser: label,
    service: new URL(endpoint).host,
    createdAt,
  }))

import type { TouchpointSource } from './touchpoint-store.ts'
import { type Touchpoints, touchpointsOf } from './touchpoints.ts'

export interface CachedTouchpoints extends Touchpoints {
  /** Looks now, and reloads if anything changed: after a change of one's own, so that the next request already sees it. */
  refresh(): Promise<void>
  close(): void
}

const pollMs = 1_000

/** Loads once, then asks about once a second whether anything moved. A poll that fails keeps what is known and reports. */
export async function openTouchpoints(
  source: TouchpointSource,
  options: { readonly everyMs?: number; readonly onPollFailed?: (error: unknown) => void } = {},
): Promise<CachedTouchpoints> {
  let { fingerprint, touchpoints } = await source.load()
  let known = touchpointsOf(touchpoints)
  let looking: Promise<void> | undefined

  const look = async () => {
    if ((await source.fingerprint()) === fingerprint) return
    ;({ fingerprint, touchpoints } = await source.load())
    known = touchpointsOf(touchpoints)
  }
  const refresh = async () => {
    // Whoever asks after a change must not be given the answer of a look that began before it.
    await looking?.catch(() => undefined)
    looking = look().finally(() => {
      looking = undefined
    })
    return looking
  }
  const timer = setInterval(() => {
    if (looking === undefined) refresh().catch(options.onPollFailed ?? (() => undefined))
  }, options.everyMs ?? pollMs)
  timer.unref()

  return {
    find: (id) => known.find(id),
    path: (id) => known.path(id),
    list: () => known.list(),
    tree: () => known.tree(),
    own: (id) => known.own(id),
    refresh,
    close: () => clearInterval(timer),
  }
}

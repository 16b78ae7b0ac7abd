import type { PublishedRegistry } from './published.ts'
import type { RegistrySource } from './registry-source.ts'

/** The registry as this process knows it. Reading it costs nothing; it is at most one poll older than the database. */
export interface ConsentRegistry {
  current(): PublishedRegistry
  /** Looks now, and reloads if anything changed: after a publication, so that the next request already sees it. */
  refresh(): Promise<PublishedRegistry>
  /** Ends the polling. */
  close(): void
}

const pollMs = 1_000

/**
 * Loads once, then asks the source about once a second whether anything moved: a poll of one small statement, because
 * NOTIFY inside transactions costs two thirds of durable writes. A poll that fails keeps what is known and reports.
 */
export async function openConsentRegistry(
  source: RegistrySource,
  options: { readonly everyMs?: number; readonly onPollFailed?: (error: unknown) => void } = {},
): Promise<ConsentRegistry> {
  let known = await source.load()
  let looking: Promise<PublishedRegistry> | undefined

  const look = async (): Promise<PublishedRegistry> => {
    const fingerprint = await source.fingerprint()
    if (known.fingerprint !== fingerprint) known = await source.load()
    return known
  }
  const refresh = async (): Promise<PublishedRegistry> => {
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
    current: () => known,
    refresh,
    close: () => clearInterval(timer),
  }
}

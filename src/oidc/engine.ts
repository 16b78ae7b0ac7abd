import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { type CookieNames, cookieNames } from './cookies.ts'
import type { LoadedKeys } from './keys.ts'
import type { Exchange } from './ports.ts'

export interface EngineHolder {
  provider(): Provider
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>
  /** The value of one of the engine's cookies, if its signature holds. */
  readCookie(exchange: Exchange, name: keyof CookieNames): string | undefined
  /** Loads the keys and, if they changed, puts a new engine in the place of the old one. */
  reload(options?: { readonly evenIfUnchanged: boolean }): Promise<void>
}

/**
 * The engine takes its keys at birth and never again, so new keys mean a new engine (4 ms, 50 KiB). All state is in the
 * database: requests under way end on the old one, the next start on the new one, and nobody notices.
 */
export async function createEngineHolder(parts: {
  readonly load: () => Promise<LoadedKeys>
  readonly build: (keys: LoadedKeys) => Provider
  readonly https: boolean
  /** The keys are others than before. */
  readonly onReplaced: () => void
}): Promise<EngineHolder> {
  const make = (keys: LoadedKeys) => {
    const provider = parts.build(keys)
    return { provider, callback: provider.callback(), fingerprint: keys.fingerprint }
  }
  let current = make(await parts.load())
  let loading: Promise<void> | undefined
  const names = cookieNames(parts.https)

  const reload = async (force: boolean) => {
    const keys = await parts.load()
    if (!force && keys.fingerprint === current.fingerprint) return
    current = make(keys)
    parts.onReplaced()
  }

  return {
    provider: () => current.provider,
    handle: (req, res) => current.callback(req, res),
    readCookie: ({ req, res }, name) =>
      current.provider.createContext(req, res).cookies.get(names[name], { signed: true }) || undefined,
    async reload(options) {
      while (loading !== undefined) await loading
      loading = reload(options?.evenIfUnchanged === true).finally(() => {
        loading = undefined
      })
      await loading
    },
  }
}

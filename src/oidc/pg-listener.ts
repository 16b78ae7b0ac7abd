import pg from 'pg'
import { applicationName, type DatabaseConnection } from '../platform/db/connection.ts'

export interface Listener {
  close(): Promise<void>
}

/**
 * Hears NOTIFY on a connection of its own. When that breaks it connects again. Every handler is called once as soon as it
 * listens, because what was said before is lost.
 */
export function openListener(
  connection: DatabaseConnection,
  handlers: Readonly<Record<string, () => void>>,
  onTrouble: (error: unknown) => void,
): Listener {
  let closed = false
  const trouble = (error: unknown) => {
    if (!closed) onTrouble(error)
  }
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const again = () => {
    if (closed || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, 1_000)
    timer.unref()
  }

  const connect = async () => {
    const opening = new pg.Client({
      ...connection,
      application_name: applicationName('oidc-listen'),
      keepAlive: true,
      connectionTimeoutMillis: 2_000,
    })
    client = opening
    opening.on('error', trouble)
    opening.on('end', () => {
      if (client === opening) again()
    })
    opening.on('notification', ({ channel }) => handlers[channel]?.())
    try {
      await opening.connect()
      for (const channel of Object.keys(handlers))
        await opening.query(`listen ${opening.escapeIdentifier(channel)}`)
      for (const handle of Object.values(handlers)) handle()
    } catch (error) {
      trouble(error)
      await opening.end().catch(trouble)
      again()
    }
  }

  void connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(trouble)
    },
  }
}

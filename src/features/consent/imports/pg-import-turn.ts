import pg from 'pg'
import { applicationName, type DatabaseConnection } from '../../../platform/db/connection.ts'
import type { TakeImportTurn } from './import-store.ts'

/** A lock of the session: whoever is killed lets go of it with the connection. */
export const pgImportTurn =
  (connection: DatabaseConnection): TakeImportTurn =>
  async (fileHash) => {
    const client = new pg.Client({ ...connection, application_name: applicationName('import-turn') })
    // Lost, the lock is another's to take; the checkpoint then keeps the two apart.
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('placet.consent-import.' || $1, 0)) as taken`,
      [fileHash],
    )
    if (rows[0]?.taken === true) return () => client.end()
    await client.end()
    return undefined
  }

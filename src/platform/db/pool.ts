import pg from 'pg'
import { applicationName, type DatabaseConnection } from './connection.ts'

/** A small plain pool for single statements that are neither a unit of work nor a pipelined read. */
export function openPool(
  connection: DatabaseConnection,
  lane: string,
  max: number,
  onLost: (error: unknown) => void,
): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    application_name: applicationName(lane),
  })
  pool.on('error', onLost)
  return pool
}

import pg from 'pg'
import { applicationName, type DatabaseConnection } from './connection.ts'

/** A small plain pool for single statements that are neither a unit of work nor a pipelined read. */
export function openPool(
  connection: DatabaseConnection,
  lane: string,
  max: number,
  onLost: (error: unknown) => void,
  more: pg.PoolConfig = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    application_name: applicationName(lane),
    ...more,
  })
  // The pool listens while a connection is idle; one that breaks in somebody's hands would end the process.
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  return pool
}

/**
 * For statements shared by many people. One of them held up by a lock holds up the rest, so it gives up after a second
 * and the others go on without it. An answer that does not come within four seconds leaves the outcome unknown, as for a
 * unit of work: `statement_timeout` does not end a COMMIT that waits for its replicas.
 */
export const openSharedPool = (connection: DatabaseConnection, onLost: (error: unknown) => void): pg.Pool =>
  openPool(connection, 'shared', 4, onLost, {
    lock_timeout: 1_000,
    statement_timeout: 3_000,
    query_timeout: 4_000,
    keepAlive: true,
  })

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
 * For statements shared by many people (see commit-statement.ts). One of them held up by a lock holds up the rest, so it
 * gives up soon and the others go on without it; not before `deadlock_timeout`, one second, or a deadlock would look like
 * a lock that is merely held and would not be run again. Two minutes without an answer are a network that lost us:
 * earlier, every stalled commit would cost the server one more connection.
 */
export const openSharedPool = (
  connection: DatabaseConnection,
  onLost: (error: unknown) => void,
  lane = 'shared',
): pg.Pool =>
  openPool(connection, lane, 4, onLost, {
    lock_timeout: 1_500,
    statement_timeout: 3_000,
    query_timeout: 120_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })

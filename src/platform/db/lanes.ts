import knexFactory, { type Knex } from 'knex'
import { applicationName, type DatabaseConnection } from './connection.ts'

/**
 * Separate pools, so that an export or a console search can never take the connections a login needs, and neither can
 * starve token issuance. Waits are bounded: after two seconds without a connection the caller gets 503, not a queue.
 */
export interface Lanes {
  readonly login: Knex
  readonly console: Knex
  close(): Promise<void>
}

const acquireTimeoutMs = 2_000

/** The server's own deadlines, in milliseconds; 0 is none. */
export interface LaneDeadlines {
  readonly statement_timeout: number
  readonly idle_in_transaction_session_timeout: number
  readonly lock_timeout?: number
}

/** Whatever goes wrong reaches its caller as an error; knex would print it besides, past the log's closed fields (R101). */
const silent = { warn: () => {}, error: () => {}, deprecate: () => {}, debug: () => {} }

const ordinary: LaneDeadlines = { statement_timeout: 10_000, idle_in_transaction_session_timeout: 15_000 }

export function openLane(
  connection: DatabaseConnection,
  lane: string,
  max: number,
  deadlines: LaneDeadlines = ordinary,
): Knex {
  return knexFactory({
    client: 'pg',
    connection: {
      ...connection,
      application_name: applicationName(lane),
      connectionTimeoutMillis: acquireTimeoutMs,
      keepAlive: true,
      ...deadlines,
    },
    pool: {
      min: 0,
      max,
      acquireTimeoutMillis: acquireTimeoutMs,
      idleTimeoutMillis: 30_000,
      propagateCreateError: true,
    },
    asyncStackTraces: false,
    // Otherwise the values of a failed statement stand in the message of its error.
    compileSqlOnError: false,
    log: silent,
  })
}

export function openLanes(connection: DatabaseConnection, sizes = { login: 8, console: 4 }): Lanes {
  const login = openLane(connection, 'login', sizes.login)
  const consoleLane = openLane(connection, 'console', sizes.console)
  return {
    login,
    console: consoleLane,
    close: async () => {
      await Promise.all([login.destroy(), consoleLane.destroy()])
    },
  }
}

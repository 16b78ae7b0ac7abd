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

export function openLane(connection: DatabaseConnection, lane: string, max: number): Knex {
  return knexFactory({
    client: 'pg',
    connection: {
      ...connection,
      application_name: applicationName(lane),
      connectionTimeoutMillis: acquireTimeoutMs,
      statement_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
    },
    pool: {
      min: 0,
      max,
      acquireTimeoutMillis: acquireTimeoutMs,
      idleTimeoutMillis: 30_000,
      propagateCreateError: true,
    },
    asyncStackTraces: false,
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

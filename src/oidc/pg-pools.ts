import pg from 'pg'
import { applicationName, type DatabaseConnection } from '../platform/db/connection.ts'

/** So that rooms that pass a pool on need not know the driver. */
export type Pool = pg.Pool

export interface OidcPools {
  /** Writes that are durable when they are answered: batches one after the other, and the few that stand alone. */
  readonly durable: pg.Pool
  /** Session touches: committed without waiting for the disk. */
  readonly lazy: pg.Pool
  close(): Promise<void>
}

export function openPools(connection: DatabaseConnection, onTrouble: (error: unknown) => void): OidcPools {
  const open = (lane: string, max: number, more: pg.PoolConfig) => {
    const pool = new pg.Pool({
      ...connection,
      application_name: applicationName(lane),
      max,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 5_000,
      ...more,
    })
    // A connection that breaks while idle, or while it is being closed, is replaced on next use; without a listener it
    // would end the process.
    pool.on('error', onTrouble)
    pool.on('connect', (client) => client.on('error', onTrouble))
    return pool
  }
  const durable = open('oidc', 4, {})
  const lazy = open('oidc-touch', 1, { options: '-c synchronous_commit=off' })
  return {
    durable,
    lazy,
    close: async () => {
      await Promise.all([durable.end(), lazy.end()])
    },
  }
}

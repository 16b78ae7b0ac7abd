import type pg from 'pg'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { openPool, openSharedPool } from '../platform/db/pool.ts'

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
  const durable = openSharedPool(connection, onTrouble, 'oidc')
  const lazy = openPool(connection, 'oidc-touch', 1, onTrouble, {
    idleTimeoutMillis: 30_000,
    options: '-c synchronous_commit=off',
  })
  return {
    durable,
    lazy,
    close: async () => {
      await Promise.all([durable.end(), lazy.end()])
    },
  }
}

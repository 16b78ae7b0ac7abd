import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultApplicationRole, migrateToLatest } from '../src/platform/db/migrate.ts'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts'

/**
 * Durable, and otherwise as a small production server would be set up. A checkpoint falls between scenarios, not into
 * one: the first change of a page after it costs a whole page of log, and some scenario would pay for another's.
 */
export const postgresSettings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  jit: 'off',
  max_connections: '100',
  autovacuum_naptime: '10s',
} as const

export interface Coordinates {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

export interface BenchDatabase {
  /** As the owner: for seeding and for looking. */
  readonly house: Coordinates
  /** As the application, with the rights it has in production. */
  readonly application: Coordinates
  readonly floor: Coordinates
  stop(): Promise<void>
}

/** A cluster of its own in a temporary directory, with one database for the house and an empty one for the floors. */
export async function startBenchDatabase(log: (line: string) => void): Promise<BenchDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'placet-bench-'))
  const cluster = await startEmbeddedPostgres({ directory, durable: true, settings: postgresSettings, log })
  const stop = async () => {
    await cluster.stop()
    await removeEmbeddedPostgres(directory)
  }
  try {
    await cluster.createDatabase('placet')
    await cluster.createDatabase('floor')
    const house = cluster.connection('placet')
    await migrateToLatest(house)
    return {
      house,
      application: { ...house, user: defaultApplicationRole },
      floor: cluster.connection('floor'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

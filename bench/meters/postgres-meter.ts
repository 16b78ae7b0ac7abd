import pg from 'pg'
import type { DatabaseConnection } from '../../src/platform/db/connection.ts'
import { parentOf, processTreeCpuMicroseconds } from './process-tree-cpu.ts'

export interface PostgresReading {
  /** Undefined off Linux. */
  readonly cpuMicroseconds: number | undefined
  /** Position in the write-ahead log, in bytes. */
  readonly walBytes: number
  /** Transactions that wrote something, since the cluster was made. */
  readonly writes: number
}

export interface PostgresMeter {
  read(): Promise<PostgresReading>
  version(): Promise<string>
  /** What every run starts from: statistics fresh, nothing dead in the tables, nothing dirty in memory. */
  settle(): Promise<void>
  close(): Promise<void>
}

/**
 * Reads the cluster from outside the house. The log position and the transaction counter are exact at any moment, where
 * pg_stat_wal and pg_stat_database lag up to ten seconds behind, since each connection reports when it finds the time.
 */
export async function openPostgresMeter(
  connection: DatabaseConnection,
  databases: readonly DatabaseConnection[],
): Promise<PostgresMeter> {
  const client = new pg.Client({ ...connection, application_name: 'bench:meter' })
  await client.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  const postmaster = process.platform === 'linux' ? parentOf(Number(rows[0]?.pid)) : undefined

  return {
    async read() {
      const answer = await client.query({
        text: `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0'), pg_snapshot_xmax(pg_current_snapshot())::text`,
        rowMode: 'array',
      })
      const [walBytes, writes] = (answer.rows as unknown[][])[0] ?? []
      return {
        cpuMicroseconds: postmaster === undefined ? undefined : processTreeCpuMicroseconds(postmaster),
        walBytes: Number(walBytes),
        writes: Number(writes),
      }
    },
    async version() {
      const answer = await client.query('show server_version')
      return String(answer.rows[0]?.server_version)
    },
    async settle() {
      for (const database of databases) {
        const visitor = new pg.Client({ ...database, application_name: 'bench:settle' })
        await visitor.connect()
        await visitor.query('vacuum (analyze)')
        await visitor.end()
      }
      await client.query('checkpoint')
    },
    close: () => client.end(),
  }
}

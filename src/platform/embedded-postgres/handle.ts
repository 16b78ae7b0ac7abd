import { superuser } from './cluster.ts'
import { type ConnectionSettings, createDatabase, dropDatabase } from './pg-databases.ts'
import type { Postmaster } from './postmaster.ts'

export interface EmbeddedPostgres {
  readonly socketDirectory: string
  readonly port: number
  readonly user: string
  /** Whether the postmaster was already running. */
  readonly reused: boolean
  connection(database: string): ConnectionSettings
  createDatabase(name: string, template?: string): Promise<void>
  dropDatabase(name: string): Promise<void>
  /** Ends the postmaster when this process owns it, otherwise does nothing. May be called twice. */
  stop(): Promise<void>
}

export const handleFor = (
  postmaster: Postmaster,
  reused: boolean,
  stop: () => Promise<void>,
): EmbeddedPostgres => {
  const { socketDirectory, port } = postmaster
  const connection = (database: string) => ({ host: socketDirectory, port, user: superuser, database })
  let stopping: Promise<void> | undefined
  return {
    socketDirectory,
    port,
    user: superuser,
    reused,
    connection,
    createDatabase: (name, template) => createDatabase(connection('postgres'), name, template),
    dropDatabase: (name) => dropDatabase(connection('postgres'), name),
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { migrateToLatest } from '../../src/platform/db/migrate.ts'

export interface DatabaseCoordinates {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseCluster: DatabaseCoordinates
  }
}

export interface TestDatabase {
  /** As the owner of the tables: for arranging and for looking. */
  readonly connection: DatabaseCoordinates
  /** As the application, with the rights it has in production. */
  readonly appConnection: DatabaseCoordinates
  /** Ends whatever is still connected. */
  drop(): Promise<void>
}

const template = 'placet_template'
/** Held while the template is made and while it is copied, since PostgreSQL refuses to copy a database in use. */
const lockTemplate = "select pg_advisory_lock(hashtext('placet.test-template'))"

const withClient = async <T>(coordinates: DatabaseCoordinates, run: (client: pg.Client) => Promise<T>) => {
  const client = new pg.Client({ ...coordinates })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** Migrates the template once per run, then closes it to connections: that is also the sign that it is complete. */
export const prepareTemplate = (maintenance: DatabaseCoordinates) =>
  withClient(maintenance, async (client) => {
    await client.query(lockTemplate)
    const found = await client.query('select 1 from pg_database where datname = $1 and not datallowconn', [
      template,
    ])
    if (found.rowCount === 1) return
    await client.query(`drop database if exists ${template} with (force)`)
    await client.query(`create database ${template}`)
    await migrateToLatest({ ...maintenance, database: template })
    await client.query(`alter database ${template} allow_connections false`)
  })

/**
 * A pool that was ended may still be saying goodbye: cutting it off would raise an error in a connection that nobody
 * listens to any more. So a drop waits a moment for the last one to leave before it insists.
 */
async function dropWhenLeft(client: pg.Client, database: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { rowCount } = await client.query('select 1 from pg_stat_activity where datname = $1', [database])
    if (rowCount === 0) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await client.query(`drop database if exists ${database} with (force)`)
}

/** An empty database of its own, fully migrated, on the cluster of this run. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const maintenance = inject('databaseCluster')
  const database = `test_${randomUUID().replaceAll('-', '')}`
  await withClient(maintenance, async (client) => {
    await client.query(lockTemplate)
    await client.query(`create database ${database} template ${template}`)
  })
  return {
    connection: { ...maintenance, database },
    appConnection: { ...maintenance, database, user: 'placet_app' },
    drop: () =>
      withClient(maintenance, async (client) => {
        await dropWhenLeft(client, database)
      }),
  }
}

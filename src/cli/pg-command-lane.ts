import type { Knex } from 'knex'
import pg from 'pg'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { openLane } from '../platform/db/lanes.ts'

/**
 * One connection for one command. The server is greeted first with a bare client, so that one that does not answer is
 * an error with its cause at once, and nothing of the pool's own complaints gets between a program and its JSON.
 */
export async function openCommandLane(connection: DatabaseConnection, command: string): Promise<Knex> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
  } finally {
    await client.end().catch(() => undefined)
  }
  return openLane(connection, command, 1)
}

import pg from 'pg'
import type { DatabaseConnection } from '../../src/platform/db/connection.ts'

export async function withClient<Result>(
  database: DatabaseConnection,
  act: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ ...database, application_name: 'bench:floor' })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

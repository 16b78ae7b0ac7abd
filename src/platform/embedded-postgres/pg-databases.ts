import pg from 'pg'

export interface ConnectionSettings {
  /** A directory: pg takes a host beginning with "/" for a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

const execute = async (connection: ConnectionSettings, statement: string) => {
  const client = new pg.Client({ ...connection })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** `connection` is to the maintenance database: nobody may be connected to the template while it is copied. */
export const createDatabase = (connection: ConnectionSettings, name: string, template?: string) =>
  execute(
    connection,
    `create database ${pg.escapeIdentifier(name)}${template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`}`,
  )

/** Ends the sessions still open on it. No error when there is no such database. */
export const dropDatabase = (connection: ConnectionSettings, name: string) =>
  execute(connection, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`)

import pg from 'pg'
import { unavailable } from '../../kernel/errors.ts'
import { applicationName, type DatabaseConnection } from './connection.ts'
import { isLostConnection, translateDatabaseError } from './pg-errors.ts'

/**
 * One statement of a hot path: a name, so that the server plans it once per connection, and its text. Rows come as
 * arrays, because building objects by column name costs a third of the driver's time on point reads.
 */
export interface Statement {
  readonly name: string
  readonly text: string
}

export interface PipelinedReader {
  /**
   * Rows as arrays, in the order of the statement's columns. Single statements only: a pipelined connection carries no
   * transaction, and a statement that met a broken connection is sent again.
   */
  rows(statement: Statement, values: readonly unknown[]): Promise<readonly (readonly unknown[])[]>
  close(): Promise<void>
}

export interface ReaderDeadlines {
  readonly connectMs: number
  /** Beyond the server's own deadline, so it is met only when the network or the server answers nothing at all. */
  readonly answerMs: number
}

const statementMs = 5_000
/** A restart is met twice by whoever comes at its end: on the old connection, and on one made a moment too early. */
const attempts = 3

/**
 * Two or three connections a process, each with many named reads in flight: measured 70 000 point reads a second
 * against 27 000 for a pool and 11 000 for the query builder. A broken connection is replaced on next use; the read
 * that met it is repeated, because reading twice is harmless. A database that cannot be reached is asked by one
 * connection attempt per slot at a time, however many are waiting, and all of them are told so (P10).
 */
export function openPipelinedReader(
  connection: DatabaseConnection,
  lane: string,
  connections = 2,
  onRoundTrip: (statement: string) => void = () => {},
  deadlines: ReaderDeadlines = { connectMs: 2_000, answerMs: statementMs + 1_000 },
): PipelinedReader {
  const clients: (Promise<pg.Client> | undefined)[] = Array.from({ length: connections }, () => undefined)
  let turn = 0
  let closing = false

  const connect = (slot: number): Promise<pg.Client> => {
    const forget = () => {
      if (clients[slot] === opening) clients[slot] = undefined
    }
    const opening = (async () => {
      const client = new pg.Client({
        ...connection,
        application_name: applicationName(lane),
        pipeline: true,
        keepAlive: true,
        connectionTimeoutMillis: deadlines.connectMs,
        statement_timeout: statementMs,
        // The driver breaks a pipelined connection whose answer is late, which frees everything waiting behind it.
        query_timeout: deadlines.answerMs,
      })
      client.on('error', forget)
      client.on('end', forget)
      await client.connect()
      return client
    })()
    opening.catch(forget)
    clients[slot] = opening
    return opening
  }

  const read = async (slot: number, statement: Statement, values: readonly unknown[]) => {
    if (closing) throw unavailable('shutting-down', 'This process is ending.', 1)
    onRoundTrip(statement.name)
    const opening = clients[slot] ?? connect(slot)
    const client = await opening
    try {
      const result = await client.query({
        name: statement.name,
        text: statement.text,
        values: [...values],
        rowMode: 'array',
      })
      return result.rows as unknown[][]
    } catch (error) {
      // A statement may hear that its connection broke before the connection itself does.
      if (isLostConnection(error) && clients[slot] === opening) clients[slot] = undefined
      throw error
    }
  }

  return {
    rows: async (statement, values) => {
      turn = (turn + 1) % connections
      const slot = turn
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await read(slot, statement, values)
        } catch (error) {
          if (!isLostConnection(error) || attempt === attempts) throw translateDatabaseError(error)
        }
      }
    },
    close: async () => {
      closing = true
      await Promise.all(clients.map(async (client) => (await client?.catch(() => undefined))?.end()))
    },
  }
}

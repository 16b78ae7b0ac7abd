import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { unavailable } from '../../kernel/errors.ts'
import { isLostConnection, outcomeUnknown } from './pg-errors.ts'

/** What a driver's connection offers beside statements. */
interface Connection extends EventEmitter {
  end(): Promise<void>
}

const isConnection = (value: unknown): value is Connection =>
  value instanceof EventEmitter && 'end' in value && typeof value.end === 'function'

/** PostgreSQL's own deadlines bound the statements before (10 s each); this one is for a network that answers nothing. */
const actDeadlineMs = 30_000

export interface CommitWatch {
  /** To be called with the unit's transaction before anything is done in it. */
  enter(trx: Knex.Transaction): Promise<void>
  /** To be called when nothing but the COMMIT is left to do. */
  leave(): void
}

/**
 * Tells a commit that failed from one whose outcome nobody knows. Three ways lead to the latter: the connection broke
 * after COMMIT was sent; a synchronous standby stalls and no answer comes (statement_timeout does not end that wait); or
 * somebody cancelled the wait, upon which PostgreSQL reports success with a warning although a failover may still lose
 * the commit. We never cancel: the transaction is left to end by itself while its caller is answered.
 */
export async function watchCommit<Result>(
  run: (watch: CommitWatch) => Promise<Result>,
  commitDeadlineMs: number,
): Promise<Result> {
  let connection: Connection | undefined
  let committing = false
  let late = false
  let warned = false
  const deadlines = new AbortController()
  const overdue = Promise.withResolvers<never>()
  const after = (ms: number, act: () => void) =>
    void sleep(ms, undefined, { signal: deadlines.signal, ref: false }).then(act, () => {})
  const onNotice = (notice: { readonly severity?: string; readonly code?: string }) => {
    warned ||= committing && notice.code === '01000'
  }
  after(actDeadlineMs, () => {
    late = !committing
    if (late) void connection?.end()
  })
  const running = run({
    enter: async (trx) => {
      const found: unknown = await trx.client.acquireConnection()
      if (!isConnection(found)) return
      connection = found
      connection.on('notice', onNotice)
    },
    leave: () => {
      committing = true
      after(commitDeadlineMs, () => overdue.reject(outcomeUnknown(new Error('COMMIT is not answered.'))))
    },
  })
  running.catch(() => {}).finally(() => connection?.off('notice', onNotice))
  try {
    const result = await Promise.race([running, overdue.promise])
    if (warned) throw outcomeUnknown(new Error('COMMIT was not replicated.'))
    return result
  } catch (error) {
    if (late) throw unavailable('database-unavailable', 'The database does not answer.', 5, error)
    throw committing && isLostConnection(error) ? outcomeUnknown(error) : error
  } finally {
    deadlines.abort()
  }
}

import type pg from 'pg'
import { isLostConnection, outcomeUnknown } from './pg-errors.ts'
import type { Statement } from './pipelined-reader.ts'

const answerMs = 4_000

/**
 * Runs one statement as a transaction of its own, and answers its rows when they are as durable as the house promises.
 * What a unit of work holds to at its COMMIT (see commit-watch.ts) holds here for the commit at the statement's end: an
 * answer that is lost or late, or that PostgreSQL gives as a success with a warning because somebody cancelled the wait
 * for its replicas, is an unknown outcome. The connection of a late one is kept until the server answers, so a standby
 * that stalls holds up as many connections as the pool has, and who comes then is told within seconds that nothing was
 * written.
 */
export async function commitStatement(
  pool: pg.Pool,
  statement: Statement,
  values: readonly unknown[],
): Promise<readonly (readonly unknown[])[]> {
  const client = await pool.connect()
  let warned = false
  const onNotice = (notice: { readonly code?: string | undefined }) => {
    warned ||= notice.code === '01000'
  }
  client.on('notice', onNotice)
  const running = client.query<unknown[]>({ ...statement, values: [...values], rowMode: 'array' })
  const { promise, resolve, reject } = Promise.withResolvers<readonly (readonly unknown[])[]>()
  const late = setTimeout(() => reject(outcomeUnknown(new Error('The statement is not answered.'))), answerMs)
  const settle = (broken: boolean) => {
    clearTimeout(late)
    client.off('notice', onNotice)
    client.release(broken)
  }
  running.then(
    ({ rows }) => {
      settle(false)
      if (warned) reject(outcomeUnknown(new Error('COMMIT was not replicated.')))
      else resolve(rows)
    },
    (error: unknown) => {
      const broken = isLostConnection(error)
      settle(broken)
      reject(broken ? outcomeUnknown(error) : error)
    },
  )
  return promise
}

import { EventEmitter } from 'node:events'
import pg from 'pg'

export interface RoundTripCount {
  /** The longest chain of statements of which each began after the one before had been answered. */
  readonly roundTrips: number
  readonly statements: number
}

/**
 * Counts what this process asks of PostgreSQL through whatever means: pipelined reads, pools and the query builder all
 * end in the driver's one `query`. Statements sent together are one round trip; what was sent after an answer came back
 * is one more. Exact while operations run one after the other, which is how they are counted. Put in place for the
 * counting only, so that nothing timed pays for it.
 */
export function countRoundTrips(): { stop(): RoundTripCount } {
  const original = pg.Client.prototype.query
  let statements = 0
  let answered = 0

  function counted(this: pg.Client, ...sent: unknown[]): unknown {
    statements += 1
    const depth = answered + 1
    const back = () => {
      answered = Math.max(answered, depth)
    }
    const callback = sent.at(-1)
    if (typeof callback === 'function') {
      sent[sent.length - 1] = (...answer: unknown[]) => {
        back()
        Reflect.apply(callback, undefined, answer)
      }
    }
    const result: unknown = Reflect.apply(original, this, sent)
    if (result instanceof Promise) {
      // Marked before the caller's own continuation runs, which may already send the next statement.
      return result.finally(back)
    }
    if (result instanceof EventEmitter) result.once('end', back).once('error', back)
    return result
  }

  Reflect.set(pg.Client.prototype, 'query', counted)
  return {
    stop: () => {
      Reflect.set(pg.Client.prototype, 'query', original)
      return { roundTrips: answered, statements }
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { PlacetError, unavailable } from '../../kernel/errors.ts'
import {
  isLostConnection,
  isRetryable,
  isUnreachable,
  outcomeUnknown,
  translateDatabaseError,
} from './pg-errors.ts'

export interface GroupWriter<Item, Result> {
  /** Resolves after COMMIT of the batch the item travelled in. */
  write(item: Item): Promise<Result>
  /** Waits for what is under way. */
  drain(): Promise<void>
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly key: string
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

const attempts = 4

/**
 * Group commit in the application: items that arrive while one batch is in flight travel together in the next (no
 * timer), at most `cap` of them, sorted by key — unsorted batches deadlock within seconds — and never two of one key.
 * When a batch fails its members are retried singly, so that one bad row cannot fail the others; when its connection
 * breaks nobody knows whether it was kept, and every member is told so. `run` must write its items in one statement or
 * transaction and return the results in the order of the items.
 */
export function groupWriter<Item, Result>(options: {
  readonly key: (item: Item) => string
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  readonly cap?: number
  readonly maxWaiting?: number
}): GroupWriter<Item, Result> {
  const cap = options.cap ?? 128
  const maxWaiting = options.maxWaiting ?? 5_000
  let waiting: Waiting<Item, Result>[] = []
  let flying: Promise<void> | undefined

  const takeBatch = (): Waiting<Item, Result>[] => {
    const batch = new Map<string, Waiting<Item, Result>>()
    const later: Waiting<Item, Result>[] = []
    for (const one of waiting) {
      if (batch.size < cap && !batch.has(one.key)) batch.set(one.key, one)
      else later.push(one)
    }
    waiting = later
    return [...batch.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  const settle = async (batch: readonly Waiting<Item, Result>[], attempt = 1): Promise<void> => {
    try {
      const results = await options.run(batch.map((one) => one.item))
      batch.forEach((one, index) => {
        const result = results[index]
        if (results.length === batch.length) one.resolve(result as Result)
        else one.reject(new Error('A batch answered with a different number of results.'))
      })
    } catch (error) {
      if (isRetryable(error) && attempt < attempts) {
        await sleep(attempt * 5 + Math.random() * 10 * attempt)
        return settle(batch, attempt + 1)
      }
      // An error of our own is an answer already, such as an outcome that nobody knows: it is told, not tried again.
      if (batch.length > 1 && !isUnreachable(error) && !(error instanceof PlacetError)) {
        for (const one of batch) await settle([one])
        return
      }
      const told = isLostConnection(error) ? outcomeUnknown(error) : translateDatabaseError(error)
      for (const one of batch) one.reject(told)
    }
  }

  const fly = async () => {
    while (waiting.length > 0) await settle(takeBatch())
    flying = undefined
  }

  return {
    write: (item) =>
      new Promise<Result>((resolve, reject) => {
        if (waiting.length >= maxWaiting) {
          reject(unavailable('write-queue-full', 'Too much is waiting to be written.', 1))
          return
        }
        waiting.push({ item, key: options.key(item), resolve, reject })
        flying ??= Promise.resolve().then(fly)
      }),
    drain: async () => {
      while (flying !== undefined) await flying
    },
  }
}

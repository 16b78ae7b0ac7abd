import { setTimeout as sleep } from 'node:timers/promises'
import { PlacetError, unavailable } from '../../kernel/errors.ts'
import {
  isLockTimeout,
  isLostConnection,
  isOverload,
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

export interface GroupWriterOptions<Item, Result> {
  readonly key: (item: Item) => string
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  readonly cap?: number
  readonly maxWaiting?: number
  /** How long an item waits for its batch to leave; after it nothing of it was written. */
  readonly maxWaitMs?: number
  /** How long after it was given an item may still be tried again in a smaller batch. */
  readonly patienceMs?: number
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly key: string
  readonly since: number
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

const attempts = 4

const busy = () => unavailable('database-busy', 'The database takes too long at the moment.', 5)

/**
 * The smaller batches worth trying when one failed. A bad row is found by halves: fourteen statements instead of 128. A
 * lock costs its whole timeout each time it is met, so those behind it are parted from it at once. What concerns the
 * database and not the rows fails them all: 128 times the same timeout, one after the other, helped nobody.
 */
function parted<One>(batch: readonly One[], error: unknown): readonly (readonly One[])[] {
  const ofAll =
    isOverload(error) || isRetryable(error) || isUnreachable(error) || error instanceof PlacetError
  if (ofAll || batch.length === 1) return []
  if (isLockTimeout(error)) return batch.map((one) => [one])
  const half = Math.ceil(batch.length / 2)
  return [batch.slice(0, half), batch.slice(half)]
}

/**
 * Group commit in the application: items that arrive while one batch is in flight travel together in the next (no
 * timer), at most `cap` of them, sorted by key — unsorted batches deadlock within seconds — and never two of one key.
 * When a batch fails its members are tried again in smaller ones, so that one bad row cannot fail the others; when its
 * connection breaks nobody knows whether it was kept, and every member is told so. Nobody waits for long: the queue has
 * an end, and so has the time spent in it. `run` must write its items in one statement or transaction and return the
 * results in the order of the items.
 */
export function groupWriter<Item, Result>(
  options: GroupWriterOptions<Item, Result>,
): GroupWriter<Item, Result> {
  const { cap = 128, maxWaiting = 5_000, maxWaitMs = 2_000, patienceMs = 6_000 } = options
  let waiting: Waiting<Item, Result>[] = []
  let flying: Promise<void> | undefined
  let watch: NodeJS.Timeout | undefined

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

  /** One timer for all who wait, in the order in which they came; a writer that keeps up never finds anybody late. */
  const watchTheClock = () => {
    const [oldest] = waiting
    if (oldest === undefined || watch !== undefined) return
    watch = setTimeout(turnAway, Math.max(1, oldest.since + maxWaitMs - performance.now()))
    watch.unref()
  }

  const turnAway = () => {
    watch = undefined
    const before = performance.now() - maxWaitMs
    const late = waiting.filter(({ since }) => since <= before)
    waiting = waiting.slice(late.length)
    for (const one of late) one.reject(busy())
    watchTheClock()
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
      const parts = parted(batch, error)
      for (const part of parts) await settleInTime(part)
      if (parts.length > 0) return
      const told = isLostConnection(error) ? outcomeUnknown(error) : translateDatabaseError(error)
      for (const one of batch) one.reject(told)
    }
  }

  /** Who waited through the failures of others for too long is not made to wait through more of them. */
  const settleInTime = async (part: readonly Waiting<Item, Result>[]): Promise<void> => {
    const before = performance.now() - patienceMs
    const inTime = part.filter(({ since }) => since > before)
    for (const one of part) if (one.since <= before) one.reject(busy())
    if (inTime.length > 0) await settle(inTime)
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
        waiting.push({ item, key: options.key(item), since: performance.now(), resolve, reject })
        watchTheClock()
        flying ??= Promise.resolve().then(fly)
      }),
    drain: async () => {
      while (flying !== undefined) await flying
    },
  }
}

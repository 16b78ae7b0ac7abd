import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { OidcLog, RecordAudit } from './ports.ts'

export interface AuditBatch {
  add(entry: AuditEntry): void
  /** Keeps what can be kept within a few seconds. What is left then is lost, and the log says how much it was. */
  drain(): Promise<void>
}

const cap = 64

const ordinary = {
  /** More than a busy house has to record in the minutes a failover takes. Memory ends somewhere, too. */
  maxWaiting: 10_000,
  firstPauseMs: 250,
  longestPauseMs: 10_000,
  /** Of the fifteen seconds a process has to end. */
  drainMs: 5_000,
}

/**
 * Entries about what the engine did, kept in batches while requests go on: the engine speaks of events after the fact,
 * so they cannot share its transaction. Entries that arrive while a batch is under way go with the next. A batch that
 * fails is tried again after growing pauses; if its outcome was unknown, some may then be there twice, which is better
 * than not at all. Only what finds the queue full is refused, and counted.
 */
export function createAuditBatch(
  record: RecordAudit,
  log: OidcLog,
  { maxWaiting, firstPauseMs, longestPauseMs, drainMs } = ordinary,
): AuditBatch {
  const closing = new AbortController()
  let waiting: AuditEntry[] = []
  let refused = 0
  let flying: Promise<void> | undefined

  /** Up to the second entry of one chain: entries of different ones go into one statement. */
  const nextBatch = (): readonly AuditEntry[] => {
    const chains = new Set<string>()
    const batch: AuditEntry[] = []
    for (const entry of waiting) {
      const chain = entry.subjectId ?? entry.about ?? ''
      if (batch.length === cap || chains.has(chain)) break
      chains.add(chain)
      batch.push(entry)
    }
    return batch
  }

  /** A pause that ends when the house closes; from then on pauses are short. */
  const pauseFor = (ms: number) =>
    closing.signal.aborted
      ? sleep(firstPauseMs)
      : sleep(ms, undefined, { ref: false, signal: closing.signal }).catch(() => {})

  const tellRefused = () => {
    if (refused > 0) log.error('oidc.audit-refused', { count: refused })
    refused = 0
  }

  const fly = async () => {
    let pause = firstPauseMs
    while (waiting.length > 0) {
      const batch = nextBatch()
      try {
        await record(batch)
        waiting = waiting.slice(batch.length)
        pause = firstPauseMs
        tellRefused()
      } catch (error) {
        log.error('oidc.audit-failed', { count: waiting.length }, error)
        await pauseFor(pause)
        pause = Math.min(2 * pause, longestPauseMs)
      }
    }
    flying = undefined
  }

  return {
    add: (entry) => {
      if (waiting.length >= maxWaiting) {
        refused += 1
        return
      }
      waiting.push(entry)
      flying ??= Promise.resolve().then(fly)
    },
    drain: async () => {
      closing.abort()
      await Promise.race([flying, sleep(drainMs, undefined, { ref: false })])
      tellRefused()
      if (waiting.length > 0) log.error('oidc.audit-lost', { count: waiting.length })
      waiting = []
    },
  }
}

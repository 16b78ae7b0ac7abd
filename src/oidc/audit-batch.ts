import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { OidcLog, RecordAudit } from './ports.ts'

export interface AuditBatch {
  add(entry: AuditEntry): void
  drain(): Promise<void>
}

const cap = 64

/**
 * Entries about what the engine did, kept in batches while requests go on: the engine speaks of events after the fact,
 * so they cannot share its transaction. Entries that arrive while a batch is under way go with the next. A batch that
 * fails is tried again with the next entry, and its entries are never dropped while the process lives.
 */
export function createAuditBatch(record: RecordAudit, log: OidcLog): AuditBatch {
  let waiting: AuditEntry[] = []
  let flying: Promise<void> | undefined

  /** Up to the second entry of one chain: entries of different ones go into one statement. */
  const nextBatch = (): readonly AuditEntry[] => {
    const chains = new Set<string>()
    const batch: AuditEntry[] = []
    for (const entry of waiting) {
      const chain = `${entry.subjectId}|${entry.about}`
      if (batch.length === cap || chains.has(chain)) break
      chains.add(chain)
      batch.push(entry)
    }
    return batch
  }

  const fly = async () => {
    while (waiting.length > 0) {
      const batch = nextBatch()
      try {
        await record(batch)
        waiting = waiting.slice(batch.length)
      } catch (error) {
        log.error('oidc.audit-failed', {}, error)
        break
      }
    }
    flying = undefined
  }

  return {
    add: (entry) => {
      waiting.push(entry)
      flying ??= Promise.resolve().then(fly)
    },
    drain: async () => {
      while (flying !== undefined) await flying
    },
  }
}

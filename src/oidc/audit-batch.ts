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

  const fly = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, cap)
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

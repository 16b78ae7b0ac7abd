import type { Actor } from './actor.ts'
import type { Evidence } from './evidence.ts'
import type { SubjectId } from './ids.ts'

/** One line of the audit trail: who did what to whose data, and why. Never holds a secret or a value about a person. */
export interface AuditEntry {
  /** Verb in the past tense within its room, such as `consent.recorded`. */
  readonly action: string
  readonly actor: Actor
  readonly at: Date
  /** Whose data it was about. Entries of one subject form one hash chain. */
  readonly subjectId?: SubjectId
  /** What else it was about, such as `client:tienda-norte`. Chains entries without a subject. */
  readonly about?: string
  readonly reason?: string
  readonly evidence?: Evidence
  /** Non-personal particulars: ids, counts, versions. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

/**
 * Port. Promises: an entry is kept in the same transaction as the fact it tells of; entries of one stream are numbered
 * without gaps and chained by hash (R100); nothing in the application can change or remove one.
 */
export interface AuditTrail {
  record(entry: AuditEntry): Promise<void>
}

import { createHash } from 'node:crypto'
import type { AuditEntry } from '../../kernel/audit-trail.ts'

/**
 * Which hash chain an entry belongs to: its subject's own, or one named after what else it was about. Chains are kept
 * apart so that no lock is shared by the whole house; a name is hashed into the shape of a UUID (version 8, RFC 9562).
 */
export function streamOf(entry: Pick<AuditEntry, 'subjectId' | 'about' | 'action'>): string {
  if (entry.subjectId !== undefined) return entry.subjectId
  const name = entry.about ?? `room:${entry.action.split('.')[0] ?? entry.action}`
  const digest = createHash('sha256').update(`audit-stream ${name}`).digest()
  digest[6] = 0x80 | ((digest[6] ?? 0) & 0x0f)
  digest[8] = 0x80 | ((digest[8] ?? 0) & 0x3f)
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

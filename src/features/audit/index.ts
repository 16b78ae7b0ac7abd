/**
 * Audit: who did what to whose data, and why. Every other room writes here through the kernel's `AuditTrail` port, in
 * the transaction of its own fact; this room keeps the entries, numbers and chains them per stream, and can prove
 * later that none was changed, dropped or slipped in. It never holds secrets or values about people.
 */
export { type ChainVerdict, verifyChain } from './chain.ts'
export {
  appendAuditEntries,
  auditPart,
  commitAuditEntries,
  readAuditStream,
  recentAuditLines,
} from './pg-audit-trail.ts'
export { streamOf } from './stream.ts'

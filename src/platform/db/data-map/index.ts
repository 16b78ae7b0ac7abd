/**
 * Every table and column with its classification. Grants, export, erasure and `docs/data-map.md` are driven by it, and
 * a test compares it with the live schema: a column nobody classified fails the build (R95).
 */
import { consentTables } from './consent.ts'
import { houseTables } from './house.ts'
import { identityTables } from './identity.ts'
import { importTables } from './imports.ts'
import { linkingTables } from './linking.ts'
import { oidcTables } from './oidc.ts'
import { proofTables } from './proofs.ts'
import { recipientTables } from './recipients.ts'
import { recordingTables } from './recording.ts'
import type { TableEntry } from './table-entry.ts'

export const dataMap: Readonly<Record<string, TableEntry>> = {
  ...identityTables,
  ...linkingTables,
  ...houseTables,
  ...consentTables,
  ...recordingTables,
  ...importTables,
  ...recipientTables,
  ...oidcTables,
  ...proofTables,
}

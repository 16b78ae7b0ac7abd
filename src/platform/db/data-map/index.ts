/**
 * Every table and column with its classification. Grants, export, erasure and `docs/data-map.md` are driven by it, and
 * a test compares it with the live schema: a column nobody classified fails the build (R95).
 */
import { callTables } from './calls.ts'
import { consentTables } from './consent.ts'
import { houseTables } from './house.ts'
import { identityTables } from './identity.ts'
import { importTables } from './imports.ts'
import { linkingTables } from './linking.ts'
import { loyaltyTables } from './loyalty.ts'
import { oidcTables } from './oidc.ts'
import { privacyRequestTables } from './privacy-requests.ts'
import { proofTables } from './proofs.ts'
import { recipientTables } from './recipients.ts'
import { recordingTables } from './recording.ts'
import { storeTables } from './store.ts'
import type { TableEntry } from './table-entry.ts'

export const dataMap: Readonly<Record<string, TableEntry>> = {
  ...identityTables,
  ...linkingTables,
  ...loyaltyTables,
  ...houseTables,
  ...consentTables,
  ...recordingTables,
  ...importTables,
  ...recipientTables,
  ...oidcTables,
  ...privacyRequestTables,
  ...proofTables,
  ...callTables,
  ...storeTables,
}

import type { Knex } from 'knex'
import type { DecidedStores } from '../identity/index.ts'
import type { CampaignStores } from './campaigns/campaign-store.ts'
import { pgCampaignStore } from './campaigns/pg-campaign-store.ts'
import type { CircumstanceStores } from './circumstances/circumstance-store.ts'
import { pgCircumstanceStore } from './circumstances/pg-circumstance-store.ts'
import type { ConfirmationStores } from './confirmation/confirmation-store.ts'
import { pgConfirmationStore } from './confirmation/pg-confirmation-store.ts'
import type { ConsentStores } from './consent-ledger.ts'
import type { GuardianStores } from './guardianship/guardian-store.ts'
import { pgGuardianStore } from './guardianship/pg-guardian-store.ts'
import type { ImportStore } from './imports/import-store.ts'
import { pgImportStore } from './imports/pg-import-store.ts'
import type { PermissionStores } from './permissions/permission-store.ts'
import { pgPermissionStore } from './permissions/pg-permission-store.ts'
import { pgConsentLedger } from './pg-consent-ledger.ts'
import { pgDecidedAnswers } from './pg-decided-answers.ts'
import { pgRegistryStore } from './pg-registry-store.ts'
import type { RegistryStores } from './registry-store.ts'
import { pgLiftNoticeStore } from './restricting/pg-restriction-notice-store.ts'
import type { LiftNoticeStores } from './restricting/restriction-notice-store.ts'

/** All stores of the room on one transaction. */
export const pgConsentStores = (
  trx: Knex.Transaction,
): ConsentStores &
  RegistryStores &
  PermissionStores &
  CircumstanceStores &
  ConfirmationStores &
  GuardianStores &
  LiftNoticeStores &
  DecidedStores &
  CampaignStores & { readonly imports: ImportStore } => ({
  ledger: pgConsentLedger(trx),
  registry: pgRegistryStore(trx),
  permissions: pgPermissionStore(trx),
  circumstances: pgCircumstanceStore(trx),
  confirmations: pgConfirmationStore(trx),
  guardians: pgGuardianStore(trx),
  liftNotices: pgLiftNoticeStore(trx),
  campaigns: pgCampaignStore(trx),
  imports: pgImportStore(trx),
  decided: pgDecidedAnswers(trx),
})

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
import type { LedgerVerificationStores } from './ledger/ledger-verification-store.ts'
import { pgLedgerVerificationStore } from './ledger/pg-ledger-verification-store.ts'
import type { PersonStores } from './merging/person-store.ts'
import { pgPersonStore } from './merging/pg-person-store.ts'
import { pgWorkingCopyStore } from './notices/pg-working-copy-store.ts'
import type { WorkingCopyStores } from './notices/working-copy-store.ts'
import type { PermissionStores } from './permissions/permission-store.ts'
import { pgPermissionStore } from './permissions/pg-permission-store.ts'
import { pgConsentLedger } from './pg-consent-ledger.ts'
import { pgDecidedAnswers } from './pg-decided-answers.ts'
import { pgRegistryStore } from './pg-registry-store.ts'
import { pgProductFamilyStore } from './product-families/pg-product-families.ts'
import type { ProductFamilyStores } from './product-families/product-family-store.ts'
import type { RegistryStores } from './registry-store.ts'
import { pgLiftNoticeStore } from './restricting/pg-restriction-notice-store.ts'
import type { LiftNoticeStores } from './restricting/restriction-notice-store.ts'

/** All stores of the room on one transaction. */
export const pgConsentStores = (
  trx: Knex.Transaction,
): ConsentStores &
  RegistryStores &
  WorkingCopyStores &
  PermissionStores &
  PersonStores &
  ProductFamilyStores &
  CircumstanceStores &
  ConfirmationStores &
  GuardianStores &
  LiftNoticeStores &
  LedgerVerificationStores &
  DecidedStores &
  CampaignStores & { readonly imports: ImportStore } => ({
  ledger: pgConsentLedger(trx),
  registry: pgRegistryStore(trx),
  workingCopies: pgWorkingCopyStore(trx),
  permissions: pgPermissionStore(trx),
  persons: pgPersonStore(trx),
  productFamilies: pgProductFamilyStore(trx),
  circumstances: pgCircumstanceStore(trx),
  confirmations: pgConfirmationStore(trx),
  guardians: pgGuardianStore(trx),
  liftNotices: pgLiftNoticeStore(trx),
  ledgerVerifications: pgLedgerVerificationStore(trx),
  campaigns: pgCampaignStore(trx),
  imports: pgImportStore(trx),
  decided: pgDecidedAnswers(trx),
})

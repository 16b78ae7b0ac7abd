/**
 * Consent: what data may be used for, what each person was told and answered, and whether a use is allowed now. Purposes,
 * notices and the law are versioned data; answers are facts appended to a ledger that nothing changes; the one decision
 * folds them, for a single question and for the permissions kept for millions alike. Only the person, or a verified
 * guardian, can say yes. Every act commits with its permissions, its proof, its message and a signed receipt.
 */
export type { AnsweredChoice, ChoicesOutcome, RecordChoices } from './answered-choice.ts'
export { type LedgerParts, type Recorded, recordedUnder } from './append-act.ts'
export { type ConsentRegistry, openConsentRegistry } from './cached-registry.ts'
export { period } from './calendar.ts'
export {
  type Campaign,
  type CampaignId,
  type CampaignState,
  stateOf as campaignStateOf,
} from './campaigns/campaign.ts'
export { type CampaignParts, type CampaignStatus, campaignStatus } from './campaigns/campaign-status.ts'
export type { CampaignReads, CampaignStores } from './campaigns/campaign-store.ts'
export { draftCampaign } from './campaigns/draft-campaign.ts'
export { endCampaign } from './campaigns/end-campaign.ts'
export { pgCampaignReads } from './campaigns/pg-campaign-reads.ts'
export { startCampaign } from './campaigns/start-campaign.ts'
export { changesSince, type PurposeChange } from './changes-since.ts'
export type {
  CircumstanceStores,
  ContractId,
  PurchaseId,
  SuppressionReason,
} from './circumstances/circumstance-store.ts'
export type { CircumstanceParts, Kept } from './circumstances/keep-circumstance.ts'
export { pgRecordingExport } from './circumstances/pg-recording-export.ts'
export { endContract, recordContract } from './circumstances/record-contract.ts'
export { recordPurchase } from './circumstances/record-purchase.ts'
export { liftSuppression, suppressContact } from './circumstances/suppress-contact.ts'
export { awaitingConfirmation } from './confirmation/awaiting-confirmation.ts'
export { confirmConsent } from './confirmation/confirm-consent.ts'
export { openConfirmationLink, sealConfirmationLink } from './confirmation/confirmation-link.ts'
export type {
  ConfirmationId,
  ConfirmationReads,
  ConfirmationStores,
  StoredConfirmation,
} from './confirmation/confirmation-store.ts'
export { pgConfirmationReads } from './confirmation/pg-confirmation-store.ts'
export {
  type ConfirmationParts,
  requestConfirmations,
  sendConfirmation,
} from './confirmation/request-confirmation.ts'
export { type TendParts, tendConfirmations } from './confirmation/tend-confirmations.ts'
export { type ConsentEvent, type ConsentEventType, consentEventTypes } from './consent-event.ts'
export { consentHistory, type HistoryLine, type HistoryPage } from './consent-history.ts'
export type { ConsentLedger, ConsentStores } from './consent-ledger.ts'
export type { ConfirmationMessage, ConsentMessages, MessageAddress, SentMessage } from './consent-messages.ts'
export { type ConsentOverview, consentOverview, overviewOf } from './consent-overview.ts'
export type { ConsentRecords, KeptPermission } from './consent-records.ts'
export type { HouseCounts, KeptCounts } from './counts/house-counts.ts'
export { pgCountStore, pgHouseCounts } from './counts/pg-house-counts.ts'
export { renewCounts } from './counts/renew-counts.ts'
export {
  credentialIssuerMetadata,
  credentialMediaType,
  credentialTypeMetadata,
  credentialTypePath,
} from './credential/credential-type.ts'
export { issueReceiptCredential } from './credential/issue-receipt-credential.ts'
export { type DecideParts, decideFor } from './decide-for.ts'
export type { Query } from './decision/matter.ts'
export { type Decision, decide } from './decision.ts'
export type { DeviceLog, SettledAct } from './device-acts/device-log.ts'
export { pgDeviceLog, sweepDeviceActs } from './device-acts/pg-device-log.ts'
export { draftPurpose } from './draft-purpose.ts'
export { type ConsentRecordedPayload, consentEventDeclarations } from './events.ts'
export type { Attempt, DueChecks } from './exclusion/due-checks.ts'
export { type ExclusionAnswer, type ExclusionList, isMeantForUs } from './exclusion/exclusion-list.ts'
export { pgDueChecks } from './exclusion/pg-due-checks.ts'
export { type ExclusionParts, refreshExclusionChecks } from './exclusion/refresh-exclusion-checks.ts'
export {
  type ExplainedRule,
  type Explanation,
  explainDecision,
  type TriedBasis,
} from './explain/explain-decision.ts'
export { type ExplainParts, explainFor } from './explain/explain-for.ts'
export { pgPastFacts } from './explain/pg-past-facts.ts'
export { type ToldToRecipient, toldToRecipient } from './explain/told-to-recipient.ts'
export { knownFacts } from './explain/what-was-known.ts'
export type { Facts } from './facts.ts'
export type { FactsReader, KnownSubject } from './facts-reader.ts'
export { type ContactPointParts, findContactPoint } from './find-contact-point.ts'
export { type FoundReceipt, findReceipt } from './find-receipt.ts'
export { type Invalidated, invalidateConsents } from './findings/invalidate-consents.ts'
export { pgFoundYeses } from './findings/pg-found-yeses.ts'
export type { Selection } from './findings/selection.ts'
export {
  type ForeseenEffect,
  type ForeseenUse,
  foreseeEffect,
  withEvent,
} from './foresee-effect.ts'
export { openGuardianLink, sealGuardianLink } from './guardianship/guardian-link.ts'
export type { GuardianReads, GuardianStores } from './guardianship/guardian-store.ts'
export {
  type GuardianYesLink,
  openGuardianYesLink,
  sealGuardianYesLink,
} from './guardianship/guardian-yes-link.ts'
export { childName, inviteGuardian } from './guardianship/invite-guardian.ts'
export { pgGuardianReads } from './guardianship/pg-guardian-store.ts'
export { sendGuardianReceipt } from './guardianship/send-guardian-receipt.ts'
export {
  isGuardianOf,
  openInvitation,
  sendGuardianCode,
  type VerifyParts,
  verifyGuardian,
} from './guardianship/verify-guardian.ts'
export { guardianQuestions, waitingForGuardian } from './guardianship/waiting-for-guardian.ts'
export { whoseWord } from './guardianship/whose-word.ts'
export { guardianYeses, nameOfYes, withdrawAsGuardian } from './guardianship/withdraw-as-guardian.ts'
export { importConsents } from './imports/import-consents.ts'
export { type ImportMapping, importMappingShape } from './imports/import-mapping.ts'
export type { ImportFile, ImportOutcome, ImportProgress, Quarantine } from './imports/import-parts.ts'
export type { ImportReport } from './imports/import-report.ts'
export { pgImportPeople } from './imports/pg-import-people.ts'
export { pgImportReads } from './imports/pg-import-store.ts'
export { pgImportTurn } from './imports/pg-import-turn.ts'
export { pgRehearsal } from './imports/pg-rehearsal.ts'
export { type QuarantineReason, quarantineWords } from './imports/quarantine-reason.ts'
export { decideKey, houseSystem, type KeyDecision } from './key-decision.ts'
export { decidableObjections, type KnownObjection, objectionsOf } from './known-objections.ts'
export { checkReceiptFile } from './ledger/check-receipt-file.ts'
export { type ExportedCheckpoint, readCheckpoints } from './ledger/checkpoint-folder.ts'
export type { ConsentLog } from './ledger/consent-log.ts'
export { type ErasureStores, eraseEvidence } from './ledger/erase-evidence.ts'
export { httpTimestampAuthority } from './ledger/http-timestamp-authority.ts'
export type { LedgerFault, LedgerFinding } from './ledger/ledger-audit.ts'
export { type LedgerKeeper, ledgerKeeper } from './ledger/ledger-keeper.ts'
export type { LedgerProof, LedgerVerificationReads } from './ledger/ledger-verification-store.ts'
export { pgConsentLog } from './ledger/pg-consent-log.ts'
export { pgEvidenceErasure } from './ledger/pg-erase-evidence.ts'
export { auditLedger } from './ledger/pg-ledger-audit.ts'
export { pgLedgerVerificationReads } from './ledger/pg-ledger-verification-store.ts'
export { pgReceiptOwner } from './ledger/pg-receipt-owner.ts'
export { lastLedgerVerification, type ProveLedgerParts, proveLedger } from './ledger/prove-ledger.ts'
export type { PublishedKeys } from './ledger/published-keys.ts'
export { receiptJsonLd } from './ledger/receipt-json-ld.ts'
export type { ReceiptOutcome, ReceiptVerdict } from './ledger/receipt-verdict.ts'
export {
  type ReceiptProofParts,
  type ReceiptWithProof,
  receiptWithProof,
} from './ledger/receipt-with-proof.ts'
export { timestampTrust } from './ledger/timestamp-signature.ts'
export { type LedgerVerification, verifyLedger } from './ledger/verify-ledger.ts'
export { type MergeSide, mergeSides } from './merge.ts'
export { mergeCluster } from './merging/merge-cluster.ts'
export {
  type MergingParts,
  type MergingStores,
  mergeSubjects,
  unmergeSubjects,
} from './merging/merge-subjects.ts'
export { type MergePreview, previewMerge } from './merging/preview-merge.ts'
export { type RedecidingParts, redecidingWork } from './merging/redeciding-work.ts'
export type { NeededEvidence } from './needed-evidence.ts'
export { type NoticeReference, sameNotice } from './notice.ts'
export { discardDraft } from './notices/discard-draft.ts'
export { discardWorkingCopy } from './notices/discard-working-copy.ts'
export { dpvOfRegistry } from './notices/dpv-export.ts'
export {
  impactOfPublishing,
  type PublishingImpact,
  type StandingCounts,
} from './notices/impact-of-publishing.ts'
export { type LintFinding, lintNotice } from './notices/lint-notice.ts'
export { pgPurposeReads } from './notices/pg-purpose-reads.ts'
export { pgStandingCounts } from './notices/pg-standing-counts.ts'
export { type PublishedDocument, publishDocument } from './notices/publish-document.ts'
export { publishWorkingCopy } from './notices/publish-working-copy.ts'
export {
  type DocumentFinding,
  lintDocument,
  type PurposeDocument,
  previewRegistry,
} from './notices/purpose-document.ts'
export { noticeWordingShape, purposeDocumentShape } from './notices/purpose-document-shape.ts'
export type {
  PurposeReads,
  PurposeRecord,
  PurposeVersionRecord,
} from './notices/purpose-reads.ts'
export { saveWorkingCopy } from './notices/save-working-copy.ts'
export type { SeenPurpose, WorkingCopy } from './notices/working-copy.ts'
export type { WorkingCopyStores } from './notices/working-copy-store.ts'
export { objectToMarketing } from './object-to-marketing.ts'
export { type ObjectToPurpose, objectToPurpose } from './object-to-purpose.ts'
export type { OfficersDecision } from './officer.ts'
export { type OpenPersonParts, openPerson } from './open-person.ts'
export { leastGrounds, overrideObjection } from './override-objection.ts'
export { pastRegistry } from './past-registry.ts'
export type { PermissionKey } from './permission-key.ts'
export { purposeMatches, touches } from './permission-key.ts'
export { contactedInstead } from './permissions/contacted-instead.ts'
export { type MoveParts, moveSubject } from './permissions/move-subject.ts'
export type { Contactable, PermissionReads } from './permissions/permission-reads.ts'
export { pgPermissionReads } from './permissions/pg-permission-reads.ts'
export {
  type Redecided,
  type RedecideParts,
  redecidePermissions,
} from './permissions/redecide-permissions.ts'
export { type ContactPage, whoMayBeContacted } from './permissions/who-may-be-contacted.ts'
export { consentPersonalData } from './personal-data.ts'
export { ledgerPart, noteLedgerEntry } from './pg-consent-ledger.ts'
export { pgConsentRecords } from './pg-consent-records.ts'
export { pgConsentStores } from './pg-consent-stores.ts'
export {
  carriedFacts,
  type FactsParts,
  factColumnCount,
  factColumns,
  factsAlong,
  factsFromRow,
  pgFactsReader,
  type ReadSubject,
} from './pg-facts.ts'
export { pgRegistrySource } from './pg-registry-source.ts'
export { pgPeopleCounts, pgTouchpointCounts } from './pg-touchpoint-counts.ts'
export { type ChangeProductFamily, changeProductFamily } from './product-families/change-product-family.ts'
export type { ProductFamilyStore, ProductFamilyStores } from './product-families/product-family-store.ts'
export type { ProvenConsent } from './prove-acts.ts'
export { type ConsentProof, type ProveConsentParts, proveConsent } from './prove-consent.ts'
export { type NoticeWording, publishNotice } from './publish-notice.ts'
export { publishPurpose } from './publish-purpose.ts'
export { publishRulePack } from './publish-rule-pack.ts'
export {
  type Brand,
  type CataloguedAttribute,
  type Controller,
  inLanguage,
  type Localised,
  noticeFor,
  noticeSurfaces,
  type PublishedNotice,
  type PublishedRegistry,
  type PurposeVersion,
  pinnedNotice,
  purposeTitle,
  referenceTo,
  wordingOf,
} from './published.ts'
export {
  type LegalBasis,
  legalBases,
  type Purpose,
  type PurposeClass,
  purposeClasses,
  restrictionExemptions,
} from './purpose.ts'
export type { PurposeDraft } from './purpose-draft.ts'
export type { DenyReason } from './reason.ts'
export { isOnlyClaimed, type ReceiptClaims, type ReceiptEntry } from './receipt.ts'
export { type ReceiptSigner, receiptType } from './receipt-signer.ts'
export { type RecordChoicesParts, recordChoices } from './record-choices.ts'
export { recordShown, type ShownNotice } from './record-shown.ts'
export type { RecipientSystem, Registry } from './registry.ts'
export type { RegistrySource } from './registry-source.ts'
export type { RegistryStores } from './registry-store.ts'
export { announceLift, canBeWrittenTo, type ToldOtherwise } from './restricting/announce-lift.ts'
export {
  type LiftParts,
  liftNoticeOf,
  liftRestriction,
} from './restricting/lift-restriction.ts'
export { pgLiftNoticeReads } from './restricting/pg-restriction-notice-store.ts'
export { restrictionEvent, restrictProcessing } from './restricting/restrict-processing.ts'
export type { LiftNotice, LiftNoticeReads, LiftNoticeStores } from './restricting/restriction-notice-store.ts'
export type { Restriction } from './restriction.ts'
export { retirePurpose } from './retire-purpose.ts'
export { packAt, type RulePack } from './rule-pack.ts'
export { foreseeRulePack, type RulePackImpact, withRulePack } from './rule-packs/foresee-rule-pack.ts'
export { pgPeopleUnderLaw } from './rule-packs/pg-people-under-law.ts'
export { publishOwnRulePack, unpublished } from './rule-packs/publish-own-rule-pack.ts'
export { documentOf, rulePackOf, rulePackShape } from './rule-packs/rule-pack-document.ts'
export { shippedRulePacks } from './rule-packs/shipped.ts'
export type { ReceiptAddresses } from './signed-receipt.ts'
export type { ProofQuestion } from './sought-acts.ts'
export { standingAnswer, standingMark } from './standing-answer.ts'
export { keyFor, restsOnConsent, type StandingChoice, standingChoice } from './standing-choice.ts'
export { allMarketing } from './statements.ts'
export { type CountedTime, countedTime } from './told-time.ts'
export type { PeopleCount, PeopleCounts, TouchpointCount, TouchpointCounts } from './touchpoint-counts.ts'
export { askedAgainFrom, type Undecided, undecidedOf, undecidedPurposes } from './undecided-purposes.ts'
export type { RestrictedUse } from './use-during-restriction.ts'
export { answerVector, type DecisionVector } from './vectors/decision-vectors.ts'
export { whereAnswered } from './where-answered.ts'
export { type OptOut, optOutFor } from './withdrawal/opt-out.ts'
export { withdrawByLink } from './withdrawal/withdraw-by-link.ts'
export { openWithdrawalLink, type WithdrawalLink } from './withdrawal/withdrawal-link.ts'

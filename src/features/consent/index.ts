/**
 * Consent: what data may be used for, what each person was told and answered, and whether a use is allowed now. Purposes,
 * notices and the law are versioned data; answers are facts appended to a ledger that nothing changes; the one decision
 * folds them, for a single question and for the permissions kept for millions alike. Only the person, or a verified
 * guardian, can say yes. Every act commits with its permissions, its proof, its message and a signed receipt.
 */
export type { LedgerParts, Recorded } from './append-act.ts'
export { type ConsentRegistry, openConsentRegistry } from './cached-registry.ts'
export { period } from './calendar.ts'
export { type ConsentEvent, type ConsentEventType, consentEventTypes } from './consent-event.ts'
export { consentHistory, type HistoryLine, type HistoryPage } from './consent-history.ts'
export type { ConsentLedger, ConsentStores } from './consent-ledger.ts'
export { type ConsentOverview, consentOverview, overviewOf } from './consent-overview.ts'
export type { ConsentRecords, KeptPermission } from './consent-records.ts'
export { type DecideParts, decideFor } from './decide-for.ts'
export type { Query } from './decision/matter.ts'
export { type Decision, decide } from './decision.ts'
export { draftPurpose } from './draft-purpose.ts'
export { type ConsentRecordedPayload, consentEventDeclarations } from './events.ts'
export type { Facts } from './facts.ts'
export type { FactsReader, KnownSubject } from './facts-reader.ts'
export { type FoundReceipt, findReceipt } from './find-receipt.ts'
export { decideKey, houseSystem, type KeyDecision } from './key-decision.ts'
export { type MergeSide, mergeSides } from './merge.ts'
export type { NoticeReference } from './notice.ts'
export { type ObjectToPurpose, objectToPurpose } from './object-to-purpose.ts'
export type { PermissionKey } from './permission-key.ts'
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
export type { ReceiptClaims, ReceiptEntry } from './receipt.ts'
export { type ReceiptSigner, receiptType } from './receipt-signer.ts'
export {
  type AnsweredChoice,
  type ChoicesOutcome,
  type RecordChoices,
  type RecordChoicesParts,
  recordChoices,
} from './record-choices.ts'
export type { RecipientSystem, Registry } from './registry.ts'
export type { RegistrySource } from './registry-source.ts'
export type { RegistryStores } from './registry-store.ts'
export type { Restriction } from './restriction.ts'
export { retirePurpose } from './retire-purpose.ts'
export type { RulePack } from './rule-pack.ts'
export { shippedRulePacks } from './rule-packs/shipped.ts'
export type { ReceiptAddresses } from './signed-receipt.ts'
export { keyFor, restsOnConsent, type StandingChoice, standingChoice } from './standing-choice.ts'
export { type Undecided, undecidedOf, undecidedPurposes } from './undecided-purposes.ts'
export { answerVector, type DecisionVector } from './vectors/decision-vectors.ts'

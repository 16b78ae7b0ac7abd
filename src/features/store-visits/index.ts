/**
 * Store visits: what happens between a customer and a shop. The rotating code of a loyalty card and what a till may see by
 * it, how surely it knows who stands there, and what staff does for a newcomer. A till is a recipient like any other: it is
 * told what the decision permits at the level that was reached, and each telling is on record with the place.
 */

export {
  enrolmentAt,
  type HeldAnswer,
  heldAnswers,
  holdAnswers,
  markOfHeld,
  openHandOff,
  readHeldAnswers,
} from './enrol-answer.ts'
export { enrolCustomer, type HandOff } from './enrol-customer.ts'
export { readDecided } from './enrol-decided.ts'
export { disownEnrolment } from './enrol-disown.ts'
export { type Deciding, type Finished, finishEnrolment } from './enrol-finish.ts'
export type { EnrolMail, EnrolParts, EnrolTx, StoreMail } from './enrol-parts.ts'
export { type FinishParts, settleLeftBehind } from './enrol-settle.ts'
export type { Enrolment, EnrolmentId } from './enrol-store.ts'
export { sweepEnrolments } from './enrol-sweep.ts'
export { storeVisitEvents } from './events.ts'
export type { HelpCall, HelpCallId, HelpState } from './help-call.ts'
export { type HelpCalls, type HelpScreen, helpCalls } from './help-calls.ts'
export { type IssueCardParts, issueLoyaltyCard } from './issue-loyalty-card.ts'
export { lookUpAtTill, type SeenAtTill, type ShownAtTill } from './look-up-at-till.ts'
export { type LoyaltyCardNumber, parseLoyaltyCard, spokenCard } from './loyalty-card.ts'
export { cardOf } from './loyalty-card-of.ts'
export { codeSeconds } from './loyalty-code.ts'
export { keysLastUntil, type LoyaltyKeyring, loyaltyKeyring } from './loyalty-keyring.ts'
export { epochSpan } from './loyalty-keys.ts'
export type { RateFigureStore, RateFigures } from './opt-in-figures.ts'
export {
  fewestJudged,
  type RateFinding,
  type StoreRate,
  smallestShown,
  storeRates,
  wilson,
} from './opt-in-rates.ts'
export { type RateParts, rateDays, watchOptInRates } from './opt-in-rates-watch.ts'
export { storeVisitsPersonalData } from './personal-data.ts'
export { pgEnrolmentReads, pgEnrolStores } from './pg-enrol-store.ts'
export { pgHelpCallReads, pgHelpStores, sweepHelpCalls } from './pg-help-calls.ts'
export { pgRateAlarmStores, pgRateFigures } from './pg-opt-in-rates.ts'
export { pgLoyaltyStores, pgPresentationReads, sweepPresentations } from './pg-presentation-store.ts'
export { pgReceiptMailReads, pgReceiptStores } from './pg-receipt-mail-store.ts'
export type { LoyaltyStores } from './presentation-store.ts'
export {
  mailReceipt,
  type ReceiptParts,
  readReceipt,
  type TillReceipt,
  tendReceiptMails,
} from './receipt-mail.ts'
export type { ReceiptStores } from './receipt-mail-store.ts'
export { reportPresentations } from './report-presentations.ts'
export { sendTillCode, type TillCodeMessages } from './send-till-code.ts'
export { type ShowCodeParts, type ShownCode, showLoyaltyCode } from './show-loyalty-code.ts'
export { storeOf, type Till } from './till.ts'
export { type TillLevel, tillLevels } from './till-level.ts'
export { type TillParts, tillOf } from './till-parts.ts'

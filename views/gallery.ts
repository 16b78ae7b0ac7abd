import { callerFixtures } from './agent-console/caller.fixtures.ts'
import { deskFixtures } from './agent-console/desk.fixtures.ts'
import { findCallerFixtures } from './agent-console/find-caller.fixtures.ts'
import { goneCallFixtures } from './agent-console/gone.fixtures.ts'
import { liveCallsFixtures } from './agent-console/live.fixtures.ts'
import { callRequestFormFixtures } from './agent-console/request.fixtures.ts'
import { scriptFixtures } from './agent-console/script.fixtures.ts'
import { scriptDoneFixtures } from './agent-console/script-done.fixtures.ts'
import { stoppedFixtures } from './agent-console/stopped.fixtures.ts'
import { verifyCallerFixtures } from './agent-console/verify-caller.fixtures.ts'
import { waitingFixtures } from './agent-console/waiting.fixtures.ts'
import { wrapUpFixtures } from './agent-console/wrap-up.fixtures.ts'
import { callOutcomeFixtures } from './call-approval/outcome.fixtures.ts'
import { callRequestFixtures } from './call-approval/request.fixtures.ts'
import { callLinkFixtures } from './consent-links/call.fixtures.ts'
import { confirmFixtures } from './consent-links/confirm.fixtures.ts'
import { guardianFixtures } from './consent-links/guardian.fixtures.ts'
import { guardianDoneFixtures } from './consent-links/guardian-done.fixtures.ts'
import { guardianYesFixtures } from './consent-links/guardian-yes.fixtures.ts'
import { withdrawFixtures } from './consent-links/withdraw.fixtures.ts'
import { apiReferenceFixtures } from './developers/api-reference.fixtures.ts'
import { problemCodeFixtures } from './developers/problem-code.fixtures.ts'
import { problemCodesFixtures } from './developers/problem-codes.fixtures.ts'
import { problemFixtures } from './errors/problem.fixtures.ts'
import type { GalleryEntry } from './fixture.ts'
import { kioskChoicesFixtures } from './kiosk/choices.fixtures.ts'
import { kioskClosedFixtures } from './kiosk/closed.fixtures.ts'
import { kioskDoneFixtures } from './kiosk/done.fixtures.ts'
import { phoneCodeFixtures } from './kiosk/phone-code.fixtures.ts'
import { phoneConfirmFixtures } from './kiosk/phone-confirm.fixtures.ts'
import { phoneDoneFixtures } from './kiosk/phone-done.fixtures.ts'
import { phoneOutcomeFixtures } from './kiosk/phone-outcome.fixtures.ts'
import { kioskReviewFixtures } from './kiosk/review.fixtures.ts'
import { kioskSetupFixtures } from './kiosk/setup.fixtures.ts'
import { kioskSignInFixtures } from './kiosk/sign-in.fixtures.ts'
import { askGuardianFixtures } from './privacy-centre/ask-guardian.fixtures.ts'
import { callersFixtures } from './privacy-centre/callers.fixtures.ts'
import { cardFixtures } from './privacy-centre/card.fixtures.ts'
import { changesFixtures } from './privacy-centre/changes.fixtures.ts'
import { historyFixtures } from './privacy-centre/history.fixtures.ts'
import { notificationsFixtures } from './privacy-centre/notifications.fixtures.ts'
import { overviewFixtures } from './privacy-centre/overview.fixtures.ts'
import { permissionsFixtures } from './privacy-centre/permissions.fixtures.ts'
import { receiptFixtures } from './privacy-centre/receipt.fixtures.ts'
import { recipientsFixtures } from './privacy-centre/recipients.fixtures.ts'
import {
  newRequestFixtures,
  requestDisownedFixtures,
  requestFixtures,
  requestNotMineFixtures,
  requestsFixtures,
} from './privacy-centre/requests.fixtures.ts'
import { residenceFixtures } from './privacy-centre/residence.fixtures.ts'
import { securityFixtures } from './privacy-centre/security.fixtures.ts'
import { withdrawnFixtures } from './privacy-centre/withdrawn.fixtures.ts'
import { yourDataFixtures } from './privacy-centre/your-data.fixtures.ts'
import { authorizeClientFixtures } from './sign-in/authorize-client.fixtures.ts'
import { checkAnswersFixtures } from './sign-in/check-answers.fixtures.ts'
import { continuingFixtures } from './sign-in/continuing.fixtures.ts'
import { createAccountFixtures } from './sign-in/create-account.fixtures.ts'
import { createPasskeyFixtures } from './sign-in/create-passkey.fixtures.ts'
import { enterCodeFixtures } from './sign-in/enter-code.fixtures.ts'
import { enterPasswordFixtures } from './sign-in/enter-password.fixtures.ts'
import { formPostFixtures } from './sign-in/form-post.fixtures.ts'
import { identifyFixtures } from './sign-in/identify.fixtures.ts'
import { preferencesFixtures } from './sign-in/preferences.fixtures.ts'
import { savedChoicesFixtures } from './sign-in/saved-choices.fixtures.ts'
import { setPasswordFixtures } from './sign-in/set-password.fixtures.ts'
import { signOutFixtures } from './sign-in/sign-out.fixtures.ts'
import { signedOutFixtures } from './sign-in/signed-out.fixtures.ts'
import { yourDetailsFixtures } from './sign-in/your-details.fixtures.ts'
import { campaignFixtures, campaignsFixtures } from './staff/campaigns.fixtures.ts'
import { staffCheckMeasureFixtures } from './staff/check-measure.fixtures.ts'
import { staffEnrolFixtures } from './staff/enrol.fixtures.ts'
import { staffExplainDecisionFixtures } from './staff/explain-decision.fixtures.ts'
import { staffHomeFixtures } from './staff/home.fixtures.ts'
import { staffMeasureFixtures } from './staff/measure.fixtures.ts'
import { staffPeopleFixtures } from './staff/people.fixtures.ts'
import { staffPersonFixtures } from './staff/person.fixtures.ts'
import { staffProofFixtures } from './staff/proof.fixtures.ts'
import { purposeFixtures } from './staff/purpose.fixtures.ts'
import { purposeDocumentFixtures } from './staff/purpose-document.fixtures.ts'
import { purposeDraftFixtures } from './staff/purpose-draft.fixtures.ts'
import { purposePreviewFixtures } from './staff/purpose-preview.fixtures.ts'
import { purposePublishFixtures } from './staff/purpose-publish.fixtures.ts'
import { purposeRetireFixtures } from './staff/purpose-retire.fixtures.ts'
import { purposesFixtures } from './staff/purposes.fixtures.ts'
import { inboxFixtures, inboxRequestFixtures } from './staff/requests.fixtures.ts'
import { staffSignInFixtures } from './staff/sign-in.fixtures.ts'
import { storesFixtures } from './staff/stores.fixtures.ts'
import { touchpointFixtures } from './staff/touchpoint.fixtures.ts'
import { touchpointsFixtures } from './staff/touchpoints.fixtures.ts'
import { storeEnrolFixtures, storeHandOffFixtures } from './store/enrol.fixtures.ts'
import { storeHomeFixtures } from './store/home.fixtures.ts'
import {
  storeAnsweredFixtures,
  storeAnswersFixtures,
  storeBeginFixtures,
  storeFinishFixtures,
} from './store/phone.fixtures.ts'
import { storeReceiptFixtures } from './store/receipt.fixtures.ts'
import { verifyFixtures } from './verifier/verify.fixtures.ts'

export { exampleBrands, type GalleryEntry } from './fixture.ts'

/** Every page in every state it can be met in; shown at `/__gallery` in development, and tested. */
export const gallery: readonly GalleryEntry[] = [
  identifyFixtures,
  enterPasswordFixtures,
  enterCodeFixtures,
  createAccountFixtures,
  yourDetailsFixtures,
  createPasskeyFixtures,
  preferencesFixtures,
  checkAnswersFixtures,
  savedChoicesFixtures,
  continuingFixtures,
  formPostFixtures,
  authorizeClientFixtures,
  signOutFixtures,
  signedOutFixtures,
  setPasswordFixtures,
  overviewFixtures,
  permissionsFixtures,
  historyFixtures,
  changesFixtures,
  receiptFixtures,
  yourDataFixtures,
  residenceFixtures,
  recipientsFixtures,
  cardFixtures,
  requestsFixtures,
  newRequestFixtures,
  requestFixtures,
  requestNotMineFixtures,
  requestDisownedFixtures,
  securityFixtures,
  notificationsFixtures,
  callersFixtures,
  withdrawnFixtures,
  askGuardianFixtures,
  confirmFixtures,
  callLinkFixtures,
  withdrawFixtures,
  guardianFixtures,
  guardianDoneFixtures,
  guardianYesFixtures,
  kioskSetupFixtures,
  kioskSignInFixtures,
  kioskChoicesFixtures,
  kioskReviewFixtures,
  kioskDoneFixtures,
  kioskClosedFixtures,
  phoneCodeFixtures,
  phoneConfirmFixtures,
  phoneDoneFixtures,
  phoneOutcomeFixtures,
  callRequestFixtures,
  callOutcomeFixtures,
  deskFixtures,
  findCallerFixtures,
  verifyCallerFixtures,
  waitingFixtures,
  stoppedFixtures,
  callerFixtures,
  scriptFixtures,
  scriptDoneFixtures,
  callRequestFormFixtures,
  wrapUpFixtures,
  goneCallFixtures,
  liveCallsFixtures,
  staffSignInFixtures,
  staffEnrolFixtures,
  staffHomeFixtures,
  touchpointsFixtures,
  touchpointFixtures,
  storeHomeFixtures,
  storeEnrolFixtures,
  storeHandOffFixtures,
  storeReceiptFixtures,
  storeBeginFixtures,
  storeAnswersFixtures,
  storeAnsweredFixtures,
  storeFinishFixtures,
  storesFixtures,
  staffProofFixtures,
  purposesFixtures,
  purposeFixtures,
  purposeDraftFixtures,
  purposeDocumentFixtures,
  purposePreviewFixtures,
  purposePublishFixtures,
  purposeRetireFixtures,
  campaignsFixtures,
  campaignFixtures,
  inboxFixtures,
  inboxRequestFixtures,
  staffPeopleFixtures,
  staffPersonFixtures,
  staffMeasureFixtures,
  staffCheckMeasureFixtures,
  staffExplainDecisionFixtures,
  verifyFixtures,
  apiReferenceFixtures,
  problemCodeFixtures,
  problemCodesFixtures,
  problemFixtures,
]

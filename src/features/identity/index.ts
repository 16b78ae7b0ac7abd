/**
 * Identity: who a person is to us, by which identifiers they are found, and how they prove that it is them. Identifiers
 * are sealed with the person's own key and found through keyed blind indexes; credentials are passkeys first, passwords
 * for who wants one, and one-time codes to a verified mailbox. The room answers "it is them, this surely"; what follows
 * from it (a session, a token, a page) is for others.
 */
export { type AdmittedUnproven, admitUnproven } from './admit-unproven.ts'
export { beginPasskeyRegistration } from './begin-passkey-registration.ts'
export { beginPasskeySignIn } from './begin-passkey-sign-in.ts'
export type { FreshProof } from './credential-change.ts'
export type { DecidedAnswers, DecidedStores } from './decided-answers.ts'
export {
  describeSubject,
  openIdentifiers,
  readIdentifiers,
  type SubjectDescription,
  textNumberOf,
  verifiedEmails,
} from './describe-subject.ts'
export { type EmailAddress, maskEmailAddress, parseEmailAddress } from './email-address.ts'
export type { EntranceStores } from './entrance.ts'
export { identityEvents } from './events.ts'
export { forgetUnprovenAddress } from './forget-unproven-address.ts'
export {
  emailIndex,
  type IdentifierKind,
  identifierPlace,
  loyaltyCardIndex,
  phoneIndex,
} from './identifier.ts'
export type { IdentityArtefacts, IdentityReads, IdentityStores } from './identity-stores.ts'
export { issueCode } from './issue-code.ts'
export { type Cluster, clustersFrom, componentsOf } from './linking/cluster.ts'
export { clusterOf, type PersonAccounts } from './linking/cluster-of.ts'
export { linkingEvents } from './linking/events.ts'
export { keepApart } from './linking/keep-apart.ts'
export type { LinkId, SamePerson } from './linking/link.ts'
export { type LinkingPolicy, type LinkRefusal, linkingPolicy } from './linking/link-refusal.ts'
export type { LinkReads, OpenRequests } from './linking/link-store.ts'
export {
  type LinkingParts,
  type LinkOutcome,
  type LinkSubjects,
  linkSubjects,
} from './linking/link-subjects.ts'
export { linkedAccountsData } from './linking/linked-accounts-data.ts'
export type { LinkingStores } from './linking/linking-stores.ts'
export { pgLinkStore } from './linking/pg-link-store.ts'
export type { ClusterChange } from './linking/record-change.ts'
export { type UnlinkOutcome, type UnlinkSubjects, unlinkSubjects } from './linking/unlink-subjects.ts'
export { lockSubject } from './lock-subject.ts'
export { codeMinutes } from './one-time-code.ts'
export { passkeyProvider } from './passkey-providers.ts'
export type { PasskeyId } from './passkey-store.ts'
export { identityPersonalData } from './personal-data.ts'
export { type Entrance, entrancePart, noteEntrance } from './pg-entrance.ts'
export {
  pgIdentityArtefacts,
  pgIdentityReads,
  pgIdentityStores,
  sweepIdentityArtefacts,
} from './pg-identity-stores.ts'
export { pgSubjectKeyStore } from './pg-subject-key-store.ts'
export { maskPhoneNumber, type PhoneNumber, parsePhoneNumber, receivesTexts } from './phone-number.ts'
export { proveAddress, type UnprovenIdentifier } from './prove-address.ts'
export { addPushBrowser } from './push/add-push-browser.ts'
export { forgetPushBrowsers } from './push/forget-push-browsers.ts'
export { pgPushBrowserReads, pgPushStores } from './push/pg-push-browser-store.ts'
export type { PushBrowser, PushBrowserId } from './push/push-browser.ts'
export type { PushBrowserReads, PushStores } from './push/push-browser-store.ts'
export { pushBrowsersOf } from './push/push-browsers-of.ts'
export { type PushSubscription, parsePushSubscription } from './push/push-subscription.ts'
export { removePushBrowser } from './push/remove-push-browser.ts'
export { silencePushBrowsers } from './push/silence-push-browsers.ts'
export { recordFailedSignIn } from './record-failed-sign-in.ts'
export { redeemCode } from './redeem-code.ts'
export { registerPasskey } from './register-passkey.ts'
export { registerSubject } from './register-subject.ts'
export type { RelyingParty } from './relying-party.ts'
export { removePasskey } from './remove-passkey.ts'
export { renamePasskey } from './rename-passkey.ts'
export { hashNewPassword, setPassword } from './set-password.ts'
export { signInWithCode } from './sign-in-with-code.ts'
export { signInWithPasskey } from './sign-in-with-passkey.ts'
export { signInWithPassword } from './sign-in-with-password.ts'
export { userHandleText } from './user-handle.ts'
export { verifyPassword } from './verify-password.ts'

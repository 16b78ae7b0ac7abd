/**
 * Recipients: the systems that may receive data and the clients they connect with, what each may ask for, and everything
 * that ever left. `releaseClaims` is the only door of claims: it asks consent's one decision at the moment of the
 * release, opens what is permitted and nothing else, and answers after the record of it is durable.
 */
export { changeClientMetadata } from './change-client-metadata.ts'
export { type Client, clientName } from './client.ts'
export type { ClientReads, ClientRegistration, ClientStore } from './client-store.ts'
export { createClient } from './create-client.ts'
export type { House } from './decide-release.ts'
export type { Disclosure, Exit } from './disclosure.ts'
export type { DisclosureLog, DisclosureReads } from './disclosure-log.ts'
export { disclosuresByRecipient, type ReceivedBy } from './disclosures.ts'
export { recipientEventDeclarations } from './events.ts'
export { mayReceive } from './may-receive.ts'
export { recipientsPersonalData } from './personal-data.ts'
export { pgClientReads } from './pg-client-store.ts'
export { pgDisclosureLog, pgDisclosureReads } from './pg-disclosures.ts'
export { pgRecipientStores } from './pg-recipient-stores.ts'
export { pgReleaseReader, releaseAlong } from './pg-release-reader.ts'
export { pgSubjectNames } from './pg-subject-names.ts'
export { type PreviewedClaim, previewClaims } from './preview-claims.ts'
export type { Recipient } from './recipient.ts'
export type { RecipientStore, RecipientStores } from './recipient-store.ts'
export { registerRecipient } from './register-recipient.ts'
export {
  type ReleaseClaims,
  type ReleaseParts,
  type ReleaseRequest,
  releaseClaims,
} from './release-claims.ts'
export type { ReleaseMatter, ReleaseReader } from './release-reader.ts'
export { rotateClientSecret } from './rotate-client-secret.ts'
export { claimsByScope, ownScope } from './scope-claims.ts'
export { setClientState } from './set-client-state.ts'
export type { GivenName, SubjectNames } from './subject-names.ts'

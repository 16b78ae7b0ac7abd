/**
 * The protocol engine's glue. oidc-provider speaks OpenID Connect; this room gives it a home on PostgreSQL where single
 * use is single, nothing usable lies in the database and each request costs one read and one write; tells it who a
 * person is and, at the moment of release, what may leave about them; and hands the sign-in pages a small vocabulary in
 * place of the engine's own. It decides nothing about consent: it asks, through the ports.
 */

export { allowClientAtResource } from './allow-client-at-resource.ts'
export type { Asks } from './asks.ts'
export type { Authorizations, AuthorizedClient } from './authorizations.ts'
export type { Bearer } from './bearer.ts'
export type { CandidateClient } from './check-client.ts'
export { agentReference } from './ciba/agent.ts'
export type { CallApprovals, CallRequest, CallVisitor, NoCall } from './ciba/call-approval.ts'
export type { CallerChecks } from './ciba/caller-checks.ts'
export type { CallPrompt, CibaDeps, FindWay, SendPrompt } from './ciba/ciba-deps.ts'
export { type CallBlock, type CallBlockStores, liftCallBlock } from './ciba/lift-call-block.ts'
export { pgCallBlockStores, readCallBlocks } from './ciba/pg-call-blocks.ts'
export { pgCallStores } from './ciba/pg-call-store.ts'
export {
  type ClientFault,
  type ClientMetadata,
  parseClientMetadata,
  refusedClient,
} from './client-metadata.ts'
export { clientsChannel, createOidc } from './create-oidc.ts'
export type { CurrentSession } from './current-session.ts'
export type { CountryOf, DeviceCaller, DeviceDeps } from './device/device-deps.ts'
export type { DeviceFlow, DeviceFlows, NoFlow, PhoneVisitor } from './device/device-flow.ts'
export { deviceTimes } from './device/device-times.ts'
export { type KioskScope, kioskScopes } from './device/kiosk-scopes.ts'
export { pgDeviceStores } from './device/pg-device-store.ts'
export type { TerminalPlace, Terminals } from './device/terminals.ts'
export type { EndingStores } from './ending-stores.ts'
export { oidcEvents } from './events.ts'
export type { Allows, InteractionPrompt, Interactions, Login, OpenInteraction } from './interactions.ts'
export type { AroundEngine, Oidc, OidcDeps } from './oidc.ts'
export type { SubjectName } from './pairwise.ts'
export { pgEndingStores } from './pg-ending-stores.ts'
export { keysOfReceipts } from './pg-receipt-keys.ts'
export { pgOidcStores, pgResourceReads } from './pg-resources.ts'
export type {
  Exit,
  Fetch,
  FindResource,
  LanguageHints,
  OidcLog,
  OidcMetrics,
  OidcViews,
  RecordAudit,
  ReleaseClaims,
  ReleaseRequest,
  ResourceServer,
  UndecidedPurposes,
} from './ports.ts'
export { registerResource } from './register-resource.ts'
export type { Resource } from './resource.ts'
export {
  parseResource,
  type ResourceDocument,
  refusedResource,
  resourceDocument,
} from './resource-document.ts'
export type { ResourceReads, ResourceStores } from './resource-store.ts'
export { retireResource } from './retire-resource.ts'
export { engineRouteName, interactionPath } from './routes.ts'
export type { SessionLine, Sessions } from './sessions.ts'
export { type FindTouchpoint, keyFitsClient } from './touchpoint-of-client.ts'
export { pgVisitStores } from './visits/pg-visit-store.ts'
export {
  type PresentedToken,
  type ProvenTerminal,
  type Visit,
  type Visits,
  visitTimes,
} from './visits/visit.ts'

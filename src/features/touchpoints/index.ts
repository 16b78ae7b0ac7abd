/**
 * Touchpoints: where it happens. Brands, regions, stores, and the terminals and desks in them form one tree, which scopes of
 * staff, tokens, evidence and reports read. A terminal is enrolled here with a key of its own and a code of a member of
 * staff, and revoked; what it may ask for as a client is for the rooms that know clients.
 */

export { actSignatureType, signedAct } from './act-signature.ts'
export { type CachedTouchpoints, openTouchpoints } from './cached-touchpoints.ts'
export type { TouchpointParts, TouchpointPower } from './change-parts.ts'
export { changeTouchpoint, type TouchpointChanges } from './change-touchpoint.ts'
export { closeTouchpoint } from './close-touchpoint.ts'
export { type EnrolledTerminal, enrolTerminal } from './enrol-terminal.ts'
export { touchpointEvents } from './events.ts'
export { issueTerminalCode, type TerminalCode } from './issue-terminal-code.ts'
export { pgTerminalReads, sweepTerminalCodes, terminalKeyOf } from './pg-terminals.ts'
export { pgTouchpointSource, pgTouchpointStores } from './pg-touchpoint-stores.ts'
export { registerTouchpoint } from './register-touchpoint.ts'
export { revokeTerminals } from './revoke-terminals.ts'
export { type Terminal, terminalClientId, terminalOfClient } from './terminal.ts'
export { proofType, type TerminalKey } from './terminal-key.ts'
export type { TerminalReads } from './terminal-store.ts'
export { type Touchpoint, type TouchpointKind, touchpointKinds } from './touchpoint.ts'
export { isWithin, mayLieIn, type TouchpointDraft } from './touchpoint-rules.ts'
export type { TouchpointStores } from './touchpoint-store.ts'
export {
  claimOf,
  mayCallFrom,
  placeName,
  type TouchpointClaim,
  type Touchpoints,
  touchpointsOf,
} from './touchpoints.ts'

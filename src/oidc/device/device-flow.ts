import type { Assurance } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { KioskScope } from './kiosk-scopes.ts'
import type { TerminalPlace } from './terminals.ts'

/** The customer with the phone in their hand, as their own session proves them; nobody else can be one (R56). */
export interface PhoneVisitor {
  readonly subjectId: SubjectId
  readonly assurance: Assurance
  readonly authenticatedAt: Date
  readonly sessionRef: string
  readonly callerKey: string
  /** Cut to /24 or /48. */
  readonly network: string
  /** Where a source of countries exists (R48). */
  readonly country?: string | undefined
  readonly evidence: Evidence
}

/** What a page names before anybody decides (R41), and after they did. */
export interface DeviceFlow {
  readonly state: 'claimed' | 'approved'
  /** As it stands on the screen: `BCDF-GHJK`. */
  readonly userCode: string
  readonly place: TerminalPlace
  readonly clientName: string
  readonly scopes: readonly KioskScope[]
  /** Three numbers, of which the kiosk shows one (R42). */
  readonly offered: readonly number[]
  readonly startedAt: Date
  readonly expiresAt: Date
}

/** A code that is unknown, expired, used, ended or somebody else's: one answer, that tells none from another (R40). */
export type NoFlow = 'no-such-code' | 'too-many'

/**
 * The phone's half of a sign-in at a kiosk. Every call claims the code for whoever calls, if it is nobody's; whoever comes
 * second ends it for both (R44, R47). `passkey-needed`: kiosk and phone are in different countries, and a stronger proof is
 * wanted before anything is decided (R48).
 */
export interface DeviceFlows {
  open(userCode: string, who: PhoneVisitor): Promise<DeviceFlow | NoFlow | 'passkey-needed'>
  /**
   * Says yes, with the number that the kiosk shows. One wrong number ends the flow. Asked again after a yes it answers the
   * same. Throws `sign-in-too-old` when the person last proved who they are more than five minutes ago (R44).
   */
  approve(
    userCode: string,
    number: number,
    who: PhoneVisitor,
  ): Promise<DeviceFlow | NoFlow | 'passkey-needed' | 'wrong-number'>
  decline(userCode: string, who: PhoneVisitor): Promise<'declined' | NoFlow>
  /** "That was not me": ends the flow and what came of it, up to an hour afterwards, and raises the alarm. */
  report(userCode: string, who: PhoneVisitor): Promise<'reported' | NoFlow>
}

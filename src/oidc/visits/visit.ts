import type { Assurance } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'

/** Seconds (R46). */
export const visitTimes = { idle: 60, longest: 900 } as const

/** Somebody at a kiosk: who, where, and as surely as their phone proved them. */
export interface Visit {
  /** Names the visit in proofs; of no use as a cookie. */
  readonly ref: string
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly touchpointId: string
  readonly assurance: Assurance
  readonly authenticatedAt: Date
}

/** What a terminal shows of itself and of whoever signed in at it (RFC 9449). */
export interface PresentedToken {
  readonly token: string
  readonly proof: string
  readonly method: string
  /** Of the request, without query. */
  readonly url: string
  /** From where it was sent. */
  readonly address: string
}

/** What a terminal shows of itself alone, before anybody signed in (RFC 9449, without a token). */
export interface PresentedTerminal extends Omit<PresentedToken, 'token'> {
  readonly clientId: string
}

export interface ProvenTerminal {
  readonly clientId: string
  readonly touchpointId: string
  readonly keyThumbprint: string
  /** The name of the proof it came with (`jti`), for whoever takes each one once. */
  readonly proofId: string
}

/** Why a visit ended; the words of the audit trail. */
export type VisitEnd = 'finished' | 'replaced'

/**
 * What becomes of a kiosk's tokens: a visit on the server, so that the screen holds a cookie and nothing about anybody. It
 * lives while whoever stands there does something, and no longer than the grant, the account, the terminal and its key.
 */
export interface Visits {
  /** The secret for the cookie; undefined for a token that is not this terminal's own, alive and unused. */
  open(presented: PresentedToken, evidence: Evidence): Promise<string | undefined>
  /** The terminal that signed this request with the key it was enrolled with; undefined for any other. */
  terminalOf(presented: PresentedTerminal): Promise<ProvenTerminal | undefined>
  /** For somebody who was proven at the terminal itself; the secret for the cookie. It has a grant of its own, so it ends as the others do. */
  openProven(
    terminal: ProvenTerminal,
    who: { readonly subjectId: SubjectId; readonly assurance: Assurance; readonly at: Date },
    evidence: Evidence,
  ): Promise<string>
  /** Finds it and lets its idle time begin anew. */
  find(secret: string): Promise<Visit | undefined>
  /** Whether it is still there, as the screen asks by itself: that is nobody doing something. */
  isOpen(secret: string): Promise<boolean>
  /** Ends it with its grant and every token of it; false when there was none any more. */
  end(secret: string, because: VisitEnd, evidence: Evidence): Promise<boolean>
  /** Ends those of customers who walked away, each on record; how many. */
  endIdle(limit: number): Promise<number>
}

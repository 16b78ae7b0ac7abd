import { z } from 'zod'
import type { Assurance } from '../../kernel/actor.ts'
import { isId, type SubjectId } from '../../kernel/ids.ts'

const instant = z.int().min(0)

/**
 * How far a person has come, carried by their browser in a sealed cookie. Each thing that was proven is in it, with what
 * it proves and when; nothing else counts (R72).
 */
export const flowShape = z.strictObject({
  uid: z.string(),
  /** Hash of the browser's own cookie: copied into another browser the flow is worth nothing (R73). */
  browser: z.string(),
  road: z.enum(['sign-in', 'create-account']),
  /** What was typed, in the accepted spelling. It proves nothing. */
  email: z.string().optional(),
  codeSentAt: instant.optional(),
  codesSent: z.int().optional(),
  /** The person reads this mailbox, and no account has it yet. */
  mailbox: z.strictObject({ email: z.string(), at: instant }).optional(),
  /** Values of attributes as they were typed and accepted. */
  answers: z.record(z.string(), z.string()).optional(),
  passwordHash: z.string().optional(),
  /** The person is this subject, this surely, since then. */
  proof: z
    .strictObject({
      subjectId: z.custom<SubjectId>(isId),
      assurance: z.custom<Assurance>((value) => ['code', 'password', 'passkey'].includes(String(value))),
      at: instant,
    })
    .optional(),
  /**
   * Whether the account of the proof had a passkey when it was given. That decides what is offered; whether one may be
   * added is looked at when it is added (R76).
   */
  hasPasskey: z.boolean().optional(),
  passkeyOffer: z.enum(['made', 'declined']).optional(),
  /** The account was created in this flow: its owner need not be told that somebody entered it. */
  registered: z.literal(true).optional(),
})

export type Flow = z.infer<typeof flowShape>
export type Proof = NonNullable<Flow['proof']>

export const newFlow = (uid: string, browser: string): Flow => ({ uid, browser, road: 'sign-in' })

/** False as long as it says no more than whose browser it is in. */
export const hasBegun = ({ uid: _uid, browser: _browser, road: _road, ...more }: Flow): boolean =>
  Object.keys(more).length > 0

/** Starts over with an address: whatever was proven before belongs to what came before. */
export const withAddress = (flow: Flow, road: Flow['road'], email: string): Flow => ({
  uid: flow.uid,
  browser: flow.browser,
  road,
  email,
})

/** A code left for the flow's address. Proofs stay out: a new code begins a new try. */
export const withCodeSent = (flow: Flow, at: Date): Flow => ({
  ...flow,
  codeSentAt: at.getTime(),
  codesSent: (flow.codesSent ?? 0) + 1,
})

export const withMailbox = (flow: Flow, email: string, at: Date): Flow => ({
  uid: flow.uid,
  browser: flow.browser,
  road: 'create-account',
  email,
  mailbox: { email, at: at.getTime() },
})

/** From here on the flow is about an account, not about an address. */
export const withProof = (
  flow: Flow,
  proof: {
    readonly subjectId: SubjectId
    readonly assurance: Assurance
    readonly at: Date
    readonly hasPasskey?: boolean
  },
): Flow => ({
  uid: flow.uid,
  browser: flow.browser,
  road: flow.road,
  ...(flow.email === undefined ? {} : { email: flow.email }),
  ...(proof.hasPasskey === undefined ? {} : { hasPasskey: proof.hasPasskey }),
  ...(flow.passkeyOffer === undefined ? {} : { passkeyOffer: flow.passkeyOffer }),
  ...(flow.registered === undefined ? {} : { registered: flow.registered }),
  proof: { subjectId: proof.subjectId, assurance: proof.assurance, at: proof.at.getTime() },
})

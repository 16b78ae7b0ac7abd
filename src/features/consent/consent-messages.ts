import type { EmailAddress, PhoneNumber } from '../identity/index.ts'

/** Where a message goes: to the very contact point it is about. */
export type MessageAddress =
  | { readonly kind: 'email'; readonly address: EmailAddress }
  | { readonly kind: 'phone'; readonly number: PhoneNumber }

/** What is kept of a message as proof: which one it was, and the hash of its wording without what differs per person. */
export interface SentMessage {
  readonly messageId: string
  /** SHA-256, base64url. */
  readonly templateHash: string
  /** When it left, where that was before it was asked for. */
  readonly at?: Date
}

export interface ConfirmationMessage {
  readonly language: string
  /** Titles of the purposes whose yes it asks to confirm. */
  readonly purposes: readonly string[]
  /** A sealed token; the page it leads to confirms by POST alone. */
  readonly token: string
  readonly expiresAt: Date
  readonly reminder: boolean
}

/**
 * Port. Promises: the message was handed over for exactly this address, or it rejects; it carries nothing but what it is
 * named after: no advertising rides on a confirmation (BGH I ZR 164/09; AEPD on double opt-in).
 */
export interface ConsentMessages {
  askConfirmation(to: MessageAddress, message: ConfirmationMessage): Promise<SentMessage>
  inviteGuardian(
    to: EmailAddress,
    message: {
      readonly language: string
      readonly token: string
      /** The child's own address, masked: enough for a parent to know whose account it is. */
      readonly child: string
      readonly expiresAt: Date
    },
  ): Promise<SentMessage>
  guardianCode(
    to: EmailAddress,
    message: { readonly language: string; readonly code: string },
  ): Promise<SentMessage>
  /** What a guardian answered for a child, with the signed file that proves it and the way out of it. */
  guardianReceipt(
    to: EmailAddress,
    message: {
      readonly language: string
      readonly answers: readonly { readonly purpose: string; readonly answer: 'yes' | 'no' }[]
      /** A sealed token; the page it leads to withdraws by POST alone. */
      readonly token: string
      readonly receipt: { readonly name: string; readonly content: string }
    },
  ): Promise<SentMessage>
  /** The notice of GDPR Art. 18(3), before a restriction ends. */
  restrictionEnds(
    to: MessageAddress,
    message: { readonly language: string; readonly endsAfter: Date },
  ): Promise<SentMessage>
}

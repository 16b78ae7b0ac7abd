import type { EmailAddress, PhoneNumber } from '../identity/index.ts'
import type { OpenedBy, RequestRight } from './request.ts'

export type RequestAddress =
  | { readonly kind: 'email'; readonly address: EmailAddress }
  | { readonly kind: 'phone'; readonly number: PhoneNumber }

export interface Acknowledgement {
  readonly language: string
  readonly reference: string
  readonly right: RequestRight
  readonly receivedAt: Date
  readonly due: string
  readonly openedBy: OpenedBy
  /** Where somebody else opened it: a sealed token, whose page says by POST alone that it never was theirs. */
  readonly notMine: string | undefined
}

/**
 * Port. Promises: the message was handed over for exactly this address, or it rejects; it says what was asked in the words
 * of the law and never in the person's own, since mails are passed on; it carries no advertising.
 */
export interface RequestMessages {
  acknowledge(
    to: RequestAddress,
    message: Acknowledgement,
  ): Promise<{ readonly messageId: string; readonly templateHash: string }>
}

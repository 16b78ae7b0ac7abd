/** A finished message. `to` has passed the strict address rules of `features/identity/email-address.ts`. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  /** What sort of message it is, such as `sign-in-code`; a header for the operator's filters, and a metric's label. */
  readonly kind: string
  readonly headers?: Readonly<Record<string, string>>
  /** Files made here, as JSON; never anything that somebody uploaded. */
  readonly files?: readonly { readonly name: string; readonly content: string }[]
}

/**
 * Port. Promises: the message is handed to a server that took responsibility for it, for exactly the address in `to`;
 * otherwise it rejects with `unavailable('mail-not-sent')` and the caller decides whether to try again.
 */
export interface Mailer {
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}

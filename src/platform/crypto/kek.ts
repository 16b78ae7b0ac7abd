/**
 * Port: a key-encryption key, wherever it lives (the environment, a cloud KMS, an HSM). Promises: `unwrap` gives back
 * exactly what `wrap` was given, only for the same context, and otherwise throws `SealBroken`; `id` names the key that
 * wraps now; keys wrapped under an earlier id still unwrap until the operator takes that key away.
 */
export interface Kek {
  readonly id: string
  /** `context` says what the key is for, such as `subject-key|0198…`; a wrapped key is worthless under another. */
  wrap(plain: Uint8Array, context: string): Promise<Uint8Array>
  unwrap(wrapped: Uint8Array, context: string): Promise<Uint8Array>
}

/**
 * Port for an outside authority of time (RFC 3161): it has no part in our records, so its word shows that a checkpoint
 * existed at the latest then. Promises: the answer is a DER TimeStampResp that was granted, over exactly this digest.
 * Tokens of a qualified authority are presumed accurate (Regulation 910/2014, Art. 41); any other is still a witness.
 */
export interface TimestampAuthority {
  /** @param digest SHA-256, 32 bytes. */
  stamp(digest: Uint8Array): Promise<Uint8Array>
}

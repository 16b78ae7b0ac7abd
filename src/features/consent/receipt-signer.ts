/**
 * Port. Promises: a compact JWS over just these claims, with `typ` in its protected header, by a key that is published
 * among the keys of receipts and stays there for good, also when it has left the issuer's JWKS.
 */
export interface ReceiptSigner {
  readonly issuer: string
  sign(claims: Readonly<Record<string, unknown>>, typ: string): Promise<string>
}

export const receiptType = 'consent-receipt+jwt'

/**
 * Port. Promises: a compact JWS over just these claims, by a key published in the issuer's JWKS, with `typ` in its
 * protected header. Keys that signed receipts stay published for as long as the receipts count.
 */
export interface ReceiptSigner {
  readonly issuer: string
  sign(claims: Readonly<Record<string, unknown>>, typ: string): Promise<string>
}

export const receiptType = 'consent-receipt+jwt'

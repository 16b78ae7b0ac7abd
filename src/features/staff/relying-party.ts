/** Who asks for the passkey. `id` is the issuer's full host and `origin` its exact origin; both are compared literally. */
export interface RelyingParty {
  readonly id: string
  readonly name: string
  readonly origin: string
}

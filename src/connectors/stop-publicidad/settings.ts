export interface StopPublicidadSettings {
  readonly url: URL
  /** First day of the subscription; before it nothing is asked. */
  readonly from?: Date
  /** This company's lines of business in the list's own words; a listing limited to others is not meant for it. */
  readonly sectors?: readonly string[]
  readonly clientId: string
  /** Mixed into every hash, as the operator gives it out: hashes of two subscribers cannot be compared. */
  readonly salt: string
}

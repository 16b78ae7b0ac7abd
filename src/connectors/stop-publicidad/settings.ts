export interface StopPublicidadSettings {
  readonly url: URL
  /** First day of the subscription; before it nothing is asked. */
  readonly from?: Date
  readonly clientId: string
  /** Mixed into every hash, as the operator gives it out: hashes of two subscribers cannot be compared. */
  readonly salt: string
}

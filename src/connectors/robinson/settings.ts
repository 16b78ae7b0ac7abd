/** What the operator gets with the subscription to the list. */
export interface RobinsonSettings {
  /** Base address of the consultation service. */
  readonly url: URL
  /** First day of the subscription; before it nothing is asked. */
  readonly from?: Date
  /** This company's lines of business in the list's own words; a listing limited to others is not meant for it. */
  readonly sectors?: readonly string[]
  readonly apiKey: string
  /** Tax number by which the list knows this company; revocations name it. */
  readonly company: string
}

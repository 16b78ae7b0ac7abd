/** What the operator gets with the subscription to the list. */
export interface RobinsonSettings {
  /** Base address of the consultation service. */
  readonly url: URL
  /** First day of the subscription; before it nothing is asked. */
  readonly from?: Date
  readonly apiKey: string
  /** Tax number by which the list knows this company; revocations name it. */
  readonly company: string
}

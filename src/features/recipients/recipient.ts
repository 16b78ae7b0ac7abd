/** A system that may receive data: role, contract, countries and the purposes it is registered for. */
export interface Recipient {
  readonly recipientId: string
  readonly name: string
  /**
   * `internal` is ours, `processor` works for us under GDPR Art. 28, `controller` answers for itself. `custodian` is ours
   * too, and the only one that reaches blocked data, for authorities and for the person's own requests (LOPDGDD art. 32).
   */
  readonly role: 'internal' | 'custodian' | 'processor' | 'controller'
  readonly legalEntity?: string
  readonly processingContract: boolean
  readonly thirdCountry: boolean
  readonly transferTool?: string
  readonly countries: readonly string[]
  readonly purposes: readonly string[]
}

/** How one purpose was answered at one place in a span of time. */
export interface TouchpointCount {
  readonly touchpoint: string
  readonly purpose: string
  /** Answers told there, each one event of the ledger. */
  readonly acts: number
  /** Given by the person or their guardian; claims without anything of theirs are counted among the acts alone. */
  readonly yes: number
  /** Refused, withdrawn or objected to. */
  readonly no: number
}

/**
 * Port. Promises: counts what the ledger holds of answers told at a touchpoint and recorded from `from` until before
 * `until`; without `at` at all of them. Names nobody.
 */
export interface TouchpointCounts {
  count(span: {
    readonly from: Date
    readonly until: Date
    readonly at?: readonly string[]
  }): Promise<readonly TouchpointCount[]>
}

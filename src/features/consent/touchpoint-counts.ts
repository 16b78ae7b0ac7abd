import type { Channel } from '../../kernel/evidence.ts'

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

/** How many people answered at one place, and how many of them said yes to anything. */
export interface PeopleCount {
  readonly place: string
  readonly people: number
  readonly yes: number
}

/**
 * Port. Promises: counts people and not their answers, however many questions each was asked: those who gave, refused or took
 * back something over one channel, recorded from `from` until before `until`, at the touchpoints of `places`, which says for
 * each as part of which place it counts. Claims without anything of the person's are no answer. Names nobody.
 */
export interface PeopleCounts {
  people(span: {
    readonly from: Date
    readonly until: Date
    readonly channel: Channel
    readonly places: ReadonlyMap<string, string>
  }): Promise<readonly PeopleCount[]>
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

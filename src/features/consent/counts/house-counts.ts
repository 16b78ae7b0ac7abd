/** Numbers about everybody, and the moment they are of. */
export interface Kept<Numbers> {
  readonly numbers: Numbers
  readonly countedAt: Date
}

/** People by what they have decided, each counted once; a yes on any contact channel is a yes. */
export interface PurposeAnswers {
  readonly people: number
  readonly yes: number
  readonly no: number
}

export interface CampaignProgress {
  readonly asked: number
  readonly audience: number
}

/** What was counted last; a purpose or campaign that was not counted yet is not among them. */
export interface KeptCounts {
  readonly purposes: ReadonlyMap<string, Kept<PurposeAnswers>>
  readonly campaigns: ReadonlyMap<string, Kept<CampaignProgress>>
}

/** Port. Promises: counts nobody; its cost is that of the purposes and campaigns there are, not that of the people. */
export interface HouseCounts {
  kept(): Promise<KeptCounts>
}

export type Counted = { readonly purpose: string } | { readonly campaign: string }

/**
 * Port. Promises: `claim` is won by one process, and only when the count is due; a count that was claimed and not kept is
 * due again at `renewAt`. `keep` for the last time is never due again. `answers` asks about one purpose in one statement,
 * which the server ends after a minute.
 */
export interface CountStore {
  claim(what: Counted, now: Date, renewAt: Date): Promise<boolean>
  keep(what: Counted, numbers: PurposeAnswers | CampaignProgress, at: Date, last: boolean): Promise<void>
  people(): Promise<number>
  answers(purpose: string, now: Date): Promise<Omit<PurposeAnswers, 'people'>>
}

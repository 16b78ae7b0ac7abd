import type { StoreRate } from './opt-in-rates.ts'

/** How people answered in the stores, as it was counted last and may be shown. */
export interface RateFigures {
  readonly from: Date
  readonly until: Date
  readonly rates: readonly StoreRate[]
}

/**
 * Port. Promises: what is kept is what was counted last, by whichever process. It is no fact: counted again, the ledger says
 * the same, so it goes without a proof of its own.
 */
export interface RateFigureStore {
  kept(): Promise<RateFigures | undefined>
  keep(figures: RateFigures): Promise<void>
}

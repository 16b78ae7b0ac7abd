import type { FloorInside } from '../floor/inside.ts'
import type { Http } from '../generator/http.ts'
import type { HouseInside } from '../house/inside.ts'
import type { Prepared } from '../process/load-site.ts'
import type { Target } from '../target.ts'

export interface ClientPlace {
  readonly http: Http
  readonly target: Target
  readonly connections: number
}

/** Where a side's operations are run: by the load generator over HTTP, or inside the process of the house or the floor. */
export type SideOfScenario =
  | {
      readonly where: 'client'
      /** Which server of the target; the issuer unless said otherwise. */
      readonly server?: 'hello'
      readonly prepare: (place: ClientPlace) => Promise<Prepared>
    }
  | { readonly where: 'house'; readonly prepare: (house: HouseInside) => Promise<Prepared> }
  | { readonly where: 'floor'; readonly prepare: (floor: FloorInside) => Promise<Prepared> }

/**
 * What design and reason allow. Counts hold on every machine and are judged always; a ratio is judged unless the machine
 * was restless; a goal in operations a second was set for two cores with PostgreSQL and the generator beside, and only
 * orients elsewhere.
 */
export interface Budget {
  /** Sequential round trips to PostgreSQL per operation, at most. */
  readonly roundTrips?: number
  /** Of the floor's throughput, at least. */
  readonly ratio?: number
  /** Operations a second, at least. */
  readonly goal?: number
}

export interface Scenario {
  readonly id: string
  readonly title: string
  /** What one operation is, in words. */
  readonly operation: string
  /** How many of the things counted one run of `operate` does; 1 unless said otherwise. */
  readonly perOperation?: number
  /** Milliseconds that 99 of 100 operations may take at most. */
  readonly objectiveMs: number
  readonly budget: Budget
  readonly house: SideOfScenario
  readonly floor?: SideOfScenario & { readonly title: string; readonly perOperation?: number }
}

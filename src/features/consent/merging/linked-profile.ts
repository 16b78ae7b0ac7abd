import type { Facts } from '../facts.ts'
import type { LinkAssurance } from '../merge.ts'

/** Another account of the same person, as far as a decision about this one may look at it. */
export interface LinkedProfile {
  readonly id: string
  readonly facts: Facts
  /** How surely both are one person's: of all ways from one to the other over links, the surest. */
  readonly assurance: Exclude<LinkAssurance, 'L0'>
  /** The contact points both know: under this account's id for it, the other's. */
  readonly shared: ReadonlyMap<string, string>
  /** The attributes of which it holds a value; left out when that is not known. */
  readonly held?: readonly string[] | undefined
}

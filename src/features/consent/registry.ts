import type { Instant } from './calendar.ts'
import type { Purpose } from './purpose.ts'
import type { RulePack } from './rule-pack.ts'

/** A system that may receive data, as far as a decision must know it. Kept by the recipients room. */
export interface RecipientSystem {
  readonly id: string
  readonly role: 'internal' | 'custodian' | 'processor' | 'controller'
  /** Purposes it is registered for. */
  readonly purposes: readonly string[]
  readonly legalEntity?: string | undefined
  /** The contract of GDPR Art. 28(3). */
  readonly processorContract?:
    | { readonly reference: string; readonly validUntil?: Instant | undefined }
    | undefined
  readonly thirdCountry: boolean
  /** What carries the transfer, such as `A45-3` or `A46-2-c` (GDPR Art. 44–49). */
  readonly transferTool?: { readonly code: string; readonly validUntil?: Instant | undefined } | undefined
}

/** The versioned data a decision is made by; the same for every person. */
export interface Registry {
  readonly systems: ReadonlyMap<string, RecipientSystem>
  readonly purposes: ReadonlyMap<string, Purpose>
  readonly packs: ReadonlyMap<string, readonly RulePack[]>
  readonly strictest: RulePack
  /** Attributes of GDPR Art. 9. */
  readonly specialAttributes: ReadonlySet<string>
  /** Families of similar products (LSSI 21.2), each with its categories. */
  readonly productFamilies: ReadonlyMap<string, readonly string[]>
}

/** Two categories are similar when they are the same, or some family holds both. */
export function areSimilar(families: Registry['productFamilies'], one: string, other: string): boolean {
  if (one === other) return true
  for (const categories of families.values()) {
    if (categories.includes(one) && categories.includes(other)) return true
  }
  return false
}

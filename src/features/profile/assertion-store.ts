import type { AssertionId, SubjectId } from '../../kernel/ids.ts'
import type { DecidedStores } from '../identity/index.ts'

/** How we came to know: the person said so, we saw it, we concluded it, or somebody vouches for it. */
export type Provenance = 'declared' | 'observed' | 'inferred' | 'issued'

export interface StoredAssertion {
  readonly subjectId: SubjectId
  readonly attributeId: string
  readonly assertionId: AssertionId
  readonly provenance: Provenance
  /** Who or what it came from, such as `web:sign-in` or `client:crm`. Never a value about the person. */
  readonly source: string
  readonly sealedValue: Uint8Array
  readonly assertedAt: Date
  readonly supersededAt: Date | undefined
}

export interface AssertionReads {
  /** What holds now: at most one assertion for each attribute. */
  current(subjectId: SubjectId): Promise<readonly StoredAssertion[]>
  /** Everything that was ever said, oldest first. */
  history(subjectId: SubjectId): Promise<readonly StoredAssertion[]>
}

/** Port. Promises: nothing is overwritten; `supersede` only marks until when the earlier assertions of an attribute held. */
export interface AssertionStore extends AssertionReads {
  append(assertion: Omit<StoredAssertion, 'supersededAt'>): Promise<void>
  supersede(subjectId: SubjectId, attributeId: string, at: Date): Promise<void>
}

export interface ProfileStores extends DecidedStores {
  readonly assertions: AssertionStore
}

/** The cell an assertion's value is sealed into. */
export const assertionPlace = (assertionId: AssertionId) => ({
  table: 'assertions',
  column: 'sealed_value',
  row: assertionId,
})

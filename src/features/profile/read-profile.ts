import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import {
  type AssertionReads,
  assertionPlace,
  type Provenance,
  type StoredAssertion,
} from './assertion-store.ts'
import type { AttributeValue } from './attribute.ts'

export interface KnownValue {
  readonly attributeId: string
  readonly value: AttributeValue
  readonly provenance: Provenance
  readonly source: string
  readonly assertedAt: Date
}

export interface ReadProfileDeps {
  readonly assertions: AssertionReads
  readonly sealer: SubjectSealer
}

/** What is known of a person now, opened. Who may be given which part of it is not decided here. */
export async function readProfile(
  deps: ReadProfileDeps,
  subjectId: SubjectId,
): Promise<readonly KnownValue[]> {
  const current = await deps.assertions.current(subjectId)
  return Promise.all(current.map((assertion) => openAssertion(deps.sealer, assertion)))
}

export async function openAssertion(sealer: SubjectSealer, assertion: StoredAssertion): Promise<KnownValue> {
  const { subjectId, attributeId, assertionId, provenance, source, assertedAt, sealedValue } = assertion
  const value: AttributeValue = JSON.parse(
    await sealer.openText(subjectId, assertionPlace(assertionId), sealedValue),
  )
  return { attributeId, value, provenance, source, assertedAt }
}

import type { SubjectId } from '../../kernel/ids.ts'
import { decideRelease } from './decide-release.ts'
import { openPermitted, type ReleaseParts } from './release-claims.ts'
import { wantedAttributes } from './scope-claims.ts'

export interface PreviewedClaim {
  readonly attribute: string
  readonly claim: string
  /** Undefined when it would not leave now, or nothing is known. */
  readonly value: unknown
  readonly permitted: boolean
}

/**
 * What a client would be given now, for the person's own eyes before they allow it. Nothing leaves, so nothing is
 * recorded; it is the same decision on the same read.
 */
export async function previewClaims(
  parts: Omit<ReleaseParts, 'disclosures' | 'entropy'>,
  question: {
    readonly subjectId: SubjectId
    readonly clientId: string
    readonly scopes: readonly string[]
    readonly requestedClaims: readonly string[]
  },
): Promise<readonly PreviewedClaim[]> {
  const registry = parts.registry.current()
  const wanted = wantedAttributes(registry.attributes.values(), question.scopes, question.requestedClaims)
  const matter = await parts.reader.read(question.subjectId, question.clientId)
  if (matter === undefined) return []
  const permitted = decideRelease(matter, wanted, registry, parts.house, parts.clock.now().getTime())
  const opened = new Map(
    openPermitted(matter, permitted).map(({ permitted: { wanted: one }, claims }) => [
      one.attribute,
      claims[one.claim],
    ]),
  )
  return wanted.map(({ attribute, claim }) => ({
    attribute,
    claim,
    value: opened.get(attribute),
    permitted: permitted.some((one) => one.wanted.attribute === attribute),
  }))
}

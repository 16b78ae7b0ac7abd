import type { Actor } from '../../../kernel/actor.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { appendAct, type LedgerParts, type Recorded } from '../append-act.ts'
import type { DraftEvent } from '../choices.ts'
import { mustBeOfficer, type OfficersDecision } from '../officer.ts'
import { purposeMatches } from '../permission-key.ts'
import type { PublishedRegistry } from '../published.ts'

export interface RestrictionCommand {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  /** `*`, purpose globs such as `marketing.*`, or `attr:` with an attribute. */
  readonly scope: readonly string[]
  /** Where the officer decided and the command line acts. */
  readonly decision?: OfficersDecision
  /** The epoch of what the officer was looking at. */
  readonly seen?: number
}

const entryShape = /^(\*|[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(\.\*)?|attr:[a-z][a-z0-9_]*)$/

/** A scope that reaches nothing would restrict nothing, and nobody would notice. */
function checkScope(scope: readonly string[], registry: PublishedRegistry): void {
  const reaches = (entry: string): boolean =>
    entry.startsWith('attr:')
      ? registry.attributes.has(entry.slice('attr:'.length))
      : [...registry.purposes.keys()].some((purpose) => purposeMatches(entry, purpose))
  if (scope.length === 0 || !scope.every((entry) => entryShape.test(entry) && reaches(entry))) {
    throw invalid('restriction-scope', 'The scope names nothing that is in the registry.', [
      { field: 'scope', code: 'restriction-scope' },
    ])
  }
}

export const restrictionEvent = (
  type: 'restriction_set' | 'restriction_lifted',
  { controller, scope }: Pick<RestrictionCommand, 'controller' | 'scope'>,
): DraftEvent => ({
  type,
  controller,
  brand: '*',
  purpose: '*',
  contactChannel: '*',
  by: 'controller',
  restrictionScope: [...scope],
})

/**
 * Restricts the use of a person's data (GDPR Art. 18(1)), in the scope named: they stay stored and are not used, from this
 * moment and on every exit, until the restriction is lifted.
 */
export async function restrictProcessing(
  parts: LedgerParts,
  command: RestrictionCommand & {
    /** Which case of Art. 18(1) it is: accuracy contested, unlawful use, needed for claims, objection pending. */
    readonly ground: 'accuracy' | 'unlawful' | 'legal_claims' | 'objection_pending'
  },
): Promise<Recorded> {
  const { controller, scope, ground } = command
  mustBeOfficer(command)
  return appendAct<never>(
    parts,
    { ...command, content: { controller, restrict: scope, ground }, particulars: { ground } },
    (_, registry) => {
      checkScope(scope, registry)
      return { events: [restrictionEvent('restriction_set', command)] }
    },
  )
}

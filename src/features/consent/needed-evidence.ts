import { type FieldIssue, PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'

/** What an act by one way in must bring along, or a yes told by it proves nothing later (GDPR Art. 7(1)). */
export interface NeededEvidence {
  readonly fields: readonly (keyof Evidence)[]
  /** Names of particulars beside them, such as the reference of a call. */
  readonly particulars: readonly string[]
}

const isThere = (value: string | undefined): boolean => value !== undefined && value.trim() !== ''

/**
 * Throws `evidence-incomplete`, naming each thing that is missing. Only ever asked about a yes: taking one back must not
 * fail because a desk forgot to say which desk it is (Art. 7(3)).
 */
export function assertEvidence(
  needed: NeededEvidence,
  evidence: Evidence,
  particulars: Readonly<Record<string, string>> = {},
): void {
  const issues: FieldIssue[] = [
    ...needed.fields
      .filter((name) => !isThere(evidence[name]))
      .map((name) => ({ field: `evidence.${name}`, code: 'evidence.missing' })),
    ...needed.particulars
      .filter((name) => !isThere(particulars[name]))
      .map((name) => ({ field: `particulars.${name}`, code: 'evidence.missing' })),
  ]
  if (issues.length === 0) return
  const names = issues.map(({ field }) => field).join(', ')
  throw new PlacetError(
    'invalid',
    'evidence-incomplete',
    `A yes by ${evidence.channel} is kept with its proof, and this is missing: ${names}.`,
    { issues },
  )
}

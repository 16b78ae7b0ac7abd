import type { ImportAnswer } from './import-mapping.ts'
import type { QuarantineReason } from './quarantine-reason.ts'

/** What became of the rows so far. Every row is counted once, under one outcome. */
export interface ImportReport {
  readonly rows: number
  readonly given: number
  readonly refused: number
  readonly withdrawn: number
  /** A yes without evidence: kept as a claim, worth nothing, permitting nothing. */
  readonly unknown: number
  /** Recorded by an earlier import already. */
  readonly repeated: number
  readonly quarantined: number
  /** Of those set aside, how many for which reason. */
  readonly reasons: Readonly<Partial<Record<QuarantineReason, number>>>
  /** People the house had not known. */
  readonly newPeople: number
}

export const nothingYet: ImportReport = {
  rows: 0,
  given: 0,
  refused: 0,
  withdrawn: 0,
  unknown: 0,
  repeated: 0,
  quarantined: 0,
  reasons: {},
  newPeople: 0,
}

export type RowOutcome =
  | { readonly outcome: ImportAnswer | 'unknown' | 'repeated' }
  | { readonly outcome: 'quarantined'; readonly reason: QuarantineReason }

/** The report with these rows counted in. */
export function counting(
  report: ImportReport,
  outcomes: readonly RowOutcome[],
  newPeople: number,
): ImportReport {
  const counts = { ...report, newPeople: report.newPeople + newPeople }
  const reasons = { ...report.reasons }
  for (const row of outcomes) {
    counts.rows += 1
    counts[row.outcome] += 1
    if (row.outcome === 'quarantined') reasons[row.reason] = (reasons[row.reason] ?? 0) + 1
  }
  return { ...counts, reasons: inOrder(reasons) }
}

/** What every run has to come to: no row without an outcome, none with two, none set aside without its reason. */
export function isComplete(report: ImportReport): boolean {
  const { rows, given, refused, withdrawn, unknown, repeated, quarantined, reasons } = report
  const explained = Object.values(reasons).reduce((sum, count) => sum + count, 0)
  return rows === given + refused + withdrawn + unknown + repeated + quarantined && quarantined === explained
}

/** The commonest first: that is where mending begins. */
const inOrder = (reasons: ImportReport['reasons']): ImportReport['reasons'] =>
  Object.fromEntries(
    Object.entries(reasons).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  ) as ImportReport['reasons']

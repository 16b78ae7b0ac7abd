import type { Knex } from 'knex'
import type pg from 'pg'
import { commitStatement } from './commit-statement.ts'
import type { Statement } from './pipelined-reader.ts'

/**
 * One room's share of a statement that writes for many subjects at once. The statement begins with the relation
 * `given(subject_id, …)`, one row a subject; the first part says which subjects were `kept` and writes their facts, the
 * others write only for those. So all of one subject's rows are written or none is, and no subject waits for another's.
 */
export interface StatementPart<Row> {
  /** Columns of `given` this part needs, with their types; names are distinct over the parts of a statement. */
  readonly columns: Readonly<Record<string, string>>
  /** One row's values, in the order of the columns. */
  valuesOf(row: Row): readonly unknown[]
  /** Members of the WITH list. The first part's define `kept(subject_id)`. */
  readonly members: string
}

export interface SharedRow {
  readonly subjectId: string
  /** One for each part, in their order. */
  readonly values: readonly (readonly unknown[])[]
}

/** The text of a statement of these parts; `placeholder` names the n-th array of values, counted from one. */
export function textOf(
  parts: readonly Pick<StatementPart<never>, 'columns' | 'members'>[],
  placeholder: (position: number) => string,
): string {
  const columns = [['subject_id', 'uuid'], ...parts.flatMap((part) => Object.entries(part.columns))]
  const arrays = columns.map(([, type], index) => `cast(${placeholder(index + 1)} as ${type}[])`)
  const names = columns.map(([name]) => name)
  return `with given as materialized (
    select * from unnest(${arrays.join(', ')}) as given(${names.join(', ')})
  ), ${parts.map(({ members }) => members.trim()).join(', ')}
  select subject_id from kept`
}

/** Values by column, as the placeholders of `textOf` want them. */
function arraysOf(rows: readonly SharedRow[]): readonly (readonly unknown[])[] {
  const table = rows.map(({ subjectId, values }) => [subjectId, ...values.flat()])
  return (table[0] ?? []).map((_, column) => table.map((row) => row[column]))
}

/** Runs it as a transaction of its own, and answers for each row whether it was kept. */
export async function runShared(
  pool: pg.Pool,
  statement: Statement,
  rows: readonly SharedRow[],
): Promise<readonly boolean[]> {
  const answered = await commitStatement(pool, statement, arraysOf(rows))
  const kept = new Set(answered.map(([subjectId]) => subjectId))
  return rows.map(({ subjectId }) => kept.has(subjectId))
}

/** One row of one part within a larger transaction, whose proofs are kept otherwise; true when it was kept. */
export async function runWithin<Row extends { readonly subjectId: string }>(
  trx: Knex.Transaction,
  part: StatementPart<Row>,
  row: Row,
): Promise<boolean> {
  const arrays = arraysOf([{ subjectId: row.subjectId, values: [part.valuesOf(row)] }])
  const { rows } = await trx.raw(
    textOf([part], () => '?'),
    arrays.map((column) => [...column]) as Knex.RawBinding[],
  )
  return rows.length === 1
}

import type pg from 'pg'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import type { DomainEvent } from '../../kernel/event.ts'
import type { Work } from '../../kernel/work.ts'
import { groupWriter } from './group-writer.ts'
import { runShared, type SharedRow, type StatementPart, textOf } from './shared-statement.ts'

/** What a unit wants written, as its stores noted it. */
export interface Note<Stores, Fact> {
  readonly stores: Stores
  /** Undefined when the unit did anything that the statement has no place for. */
  fact(): Fact | undefined
}

export interface SharedWorkParts<Stores extends object, Fact> {
  /** Name of the prepared statement. */
  readonly name: string
  readonly pool: pg.Pool
  /** For units the statement has no place for, and for those that met another. */
  readonly ordinary: Work<Stores>
  /** Stores that write nothing, and answer as they will if nobody else was faster. */
  note(): Note<Stores, Fact>
  readonly fact: StatementPart<Fact>
  readonly audit: StatementPart<AuditEntry>
  readonly outbox: StatementPart<DomainEvent | undefined>
}

/**
 * A unit of work in one statement, shared with whoever writes at the same moment; same promises, a sixth of the round
 * trips. The unit is run on stores that only take note; then fact, audit entry and event of all waiting subjects go out
 * in one data-modifying statement, in which a subject's conditions hold and everything of theirs is written, or nothing
 * is. If nothing was, the answers the unit was given were not true: it is run again, on the ordinary unit of work, which
 * tells it how things really are. That is harmless, because a unit has no effect outside its stores.
 */
export function sharedWork<Stores extends object, Fact extends { readonly subjectId: string }>(
  parts: SharedWorkParts<Stores, Fact>,
): { readonly work: Work<Stores>; drain(): Promise<void> } {
  const { name, pool, ordinary } = parts
  const text = textOf([parts.fact, parts.audit, parts.outbox], (position) => `$${position}`)
  const writer = groupWriter<SharedRow, boolean>({
    key: ({ subjectId }) => subjectId,
    run: (rows) => runShared(pool, { name, text }, rows),
  })

  const rowOf = (
    fact: Fact | undefined,
    entries: readonly AuditEntry[],
    events: readonly DomainEvent[],
  ): SharedRow | undefined => {
    const [entry] = entries
    const [event] = events
    if (fact === undefined || entry === undefined || entries.length > 1 || events.length > 1) return undefined
    const { subjectId } = fact
    if (entry.subjectId !== subjectId || (event !== undefined && event.subjectId !== subjectId))
      return undefined
    return {
      subjectId,
      values: [parts.fact.valuesOf(fact), parts.audit.valuesOf(entry), parts.outbox.valuesOf(event)],
    }
  }

  const work: Work<Stores> = async (act) => {
    const entries: AuditEntry[] = []
    const events: DomainEvent[] = []
    const { stores, fact } = parts.note()
    const result = await act({
      ...stores,
      audit: { record: async (entry) => void entries.push(entry) },
      outbox: { add: async (event) => void events.push(event) },
    })
    const row = rowOf(fact(), entries, events)
    return row !== undefined && (await writer.write(row)) ? result : ordinary(act)
  }
  return { work, drain: () => writer.drain() }
}

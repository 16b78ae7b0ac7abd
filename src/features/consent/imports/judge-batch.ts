import type { SubjectId } from '../../../kernel/ids.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { PublishedNotice } from '../published.ts'
import type { ImportMapping } from './import-mapping.ts'
import type { RowOutcome } from './import-report.ts'
import { type ImportRow, readRow } from './import-row.ts'
import { type ImportFrame, judgeRow } from './judge-row.ts'
import { readableCell } from './ndjson-records.ts'
import type { Newcomer } from './newcomer.ts'
import { type BatchPerson, PeopleOfBatch, type PeopleParts } from './people-of-batch.ts'
import { Quarantined, type QuarantineReason, quarantineWords } from './quarantine-reason.ts'
import type { SourceRecord } from './source-record.ts'

/** One fact with the row it came from. */
export interface ImportedFact {
  readonly event: ConsentEvent
  readonly row: ImportRow
}

/** What is new about one person. */
export interface ImportedAct {
  readonly person: BatchPerson
  readonly facts: readonly ImportedFact[]
}

export interface JudgedBatch {
  /** One a record, in their order. */
  readonly outcomes: readonly RowOutcome[]
  /** Lines for the quarantine file, in the order of the rows. */
  readonly setAside: readonly string[]
  readonly acts: readonly ImportedAct[]
  readonly newcomers: readonly Newcomer[]
  readonly texts: readonly PublishedNotice[]
}

const ourColumns = 'placet_'

/**
 * A line that can be mended and imported again as it stands: the row's own columns, with why it was set aside beside
 * them. JSON, because a cell that begins with `=` is a formula to whoever opens a CSV file.
 */
function setAsideLine(record: SourceRecord, reason: QuarantineReason): string {
  const { line, cells, raw } = record
  // A mended row that is set aside again brings its old line and reason along.
  const own = [...cells].filter(([name]) => !name.startsWith(ourColumns))
  return JSON.stringify({
    placet_line: line,
    placet_reason: reason,
    placet_why: quarantineWords[reason],
    ...(raw !== undefined ? { placet_raw: Buffer.from(raw).toString('base64') } : {}),
    ...Object.fromEntries(own.map(([name, cell]) => [name, readableCell(cell)])),
  })
}

const understood = (
  record: SourceRecord,
  mapping: ImportMapping,
  now: number,
): ImportRow | QuarantineReason => {
  try {
    return readRow(record, mapping, now)
  } catch (error) {
    if (error instanceof Quarantined) return error.reason
    throw error
  }
}

/** Judges the rows one after another, each on what the ones before it left; nothing is written. */
export async function judgeBatch(
  records: readonly SourceRecord[],
  mapping: ImportMapping,
  frame: ImportFrame,
  parts: PeopleParts,
): Promise<JudgedBatch> {
  const rows = records.map((record) => understood(record, mapping, frame.now))
  const people = await PeopleOfBatch.load(
    rows.filter((row) => typeof row !== 'string'),
    parts,
  )
  const facts = new Map<SubjectId, { readonly person: BatchPerson; readonly facts: ImportedFact[] }>()
  const texts = new Map<string, PublishedNotice>()
  const setAside: string[] = []
  let { registry } = frame

  const judge = (row: ImportRow): RowOutcome => {
    const person = people.personFor(row)
    const judged = judgeRow(row, person, { ...frame, registry })
    if (judged.outcome === 'repeated') return { outcome: 'repeated' }
    if (judged.text !== undefined) {
      texts.set(judged.text.id, judged.text)
      registry = { ...registry, notices: [...registry.notices, judged.text] }
    }
    people.accept(person, judged.events)
    const act = facts.get(person.subjectId) ?? { person, facts: [] }
    act.facts.push(...judged.events.map((event) => ({ event, row })))
    facts.set(person.subjectId, act)
    return { outcome: judged.outcome }
  }

  const outcomes = records.map((record, at): RowOutcome => {
    try {
      const row = rows[at]
      if (row === undefined || typeof row === 'string') throw new Quarantined(row ?? 'not_json')
      return judge(row)
    } catch (error) {
      if (!(error instanceof Quarantined)) throw error
      setAside.push(setAsideLine(record, error.reason))
      return { outcome: 'quarantined', reason: error.reason }
    }
  })
  return {
    outcomes,
    setAside,
    acts: [...facts.values()],
    newcomers: people.newcomers(),
    texts: [...texts.values()],
  }
}

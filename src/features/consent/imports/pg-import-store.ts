import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import { textOf } from '../../../platform/db/shared-statement.ts'
import type { LedgerEntry } from '../consent-ledger.ts'
import { noteOthers, personsOf } from '../merging/pg-person.ts'
import { ledgerPart } from '../pg-consent-ledger.ts'
import type { ImportReport } from './import-report.ts'
import type { ImportReads, ImportStore } from './import-store.ts'

interface ImportRowStored {
  readonly import_id: string
  readonly file_sha256: Buffer
  readonly settings_sha256: Buffer
  readonly source: string
  readonly byte_offset: string
  readonly line: string
  readonly doubt_until: string | null
  readonly quarantine_bytes: string
  readonly report: ImportReport
  readonly finished_at: Date | null
}

const table = 'consent_imports'
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const appendSql = textOf([ledgerPart], () => '?')

export const pgImportStore = (trx: Knex.Transaction): ImportStore => ({
  begin: async (run, at) => {
    await trx(table).insert({
      import_id: run.importId,
      file_sha256: bytes(run.fileHash),
      settings_sha256: bytes(run.settingsHash),
      source: run.source,
      byte_offset: run.place.offset,
      line: run.place.line,
      doubt_until: run.place.doubtUntil ?? null,
      quarantine_bytes: run.quarantineBytes,
      report: JSON.stringify(run.report),
      started_at: at,
      advanced_at: at,
    })
  },
  advance: async (importId, from, { place, report, quarantineBytes }, at) => {
    const moved = await trx(table)
      .where({ import_id: importId, byte_offset: from.offset })
      .whereNull('finished_at')
      .update({
        byte_offset: place.offset,
        line: place.line,
        doubt_until: place.doubtUntil ?? null,
        quarantine_bytes: quarantineBytes,
        report: JSON.stringify(report),
        advanced_at: at,
      })
    return moved === 1
  },
  finish: async (importId, at) => {
    await trx(table).where({ import_id: importId }).update({ finished_at: at })
  },
  append: async (entries) => {
    const kept = new Map<SubjectId, number>()
    for (const turn of await turnsOf(trx, entries)) {
      const rows = turn.map((entry) => [entry.subjectId, ...ledgerPart.valuesOf(entry)])
      const columns = [...Array(Object.keys(ledgerPart.columns).length + 1).keys()]
      const arrays = columns.map((column) => rows.map((row) => row[column]))
      const done: { rows: { subject_id: SubjectId }[] } = await trx.raw(
        appendSql,
        arrays as Knex.RawBinding[],
      )
      const written = new Set(done.rows.map(({ subject_id }) => subject_id))
      for (const { subjectId, epoch } of turn) if (written.has(subjectId)) kept.set(subjectId, epoch + 1)
    }
    await noteOthers(
      trx,
      entries.filter(({ linked }) => linked).map(({ subjectId }) => subjectId),
    )
    return kept
  },
})

/**
 * One statement writes for one account of a person only, since an act of one moves the epochs of the others on. Further
 * accounts take their turns after it, on the epoch that those before them leave; all are decided again when the unit ends.
 */
async function turnsOf(
  trx: Knex.Transaction,
  entries: readonly LedgerEntry[],
): Promise<readonly (readonly LedgerEntry[])[]> {
  const persons = await personsOf(
    trx,
    entries.filter(({ linked }) => linked).map(({ subjectId }) => subjectId),
  )
  const ahead = new Map<SubjectId, number>()
  const placed = entries.map((entry) => {
    const person = persons.get(entry.subjectId) ?? entry.subjectId
    const turn = ahead.get(person) ?? 0
    ahead.set(person, turn + 1)
    return { turn, entry: { ...entry, epoch: entry.epoch + turn } }
  })
  // Whoever has a turn has all before it, so the turns come up in their order.
  return [...Map.groupBy(placed, ({ turn }) => turn).values()].map((turn) => turn.map(({ entry }) => entry))
}

export const pgImportReads = (db: Knex): ImportReads => ({
  find: async (fileHash, settingsHash) => {
    const row = await db<ImportRowStored>(table)
      .first('*')
      .where({ file_sha256: bytes(fileHash), settings_sha256: bytes(settingsHash) })
      .orderBy('started_at', 'desc')
    return (
      row && {
        importId: row.import_id,
        fileHash,
        settingsHash,
        source: row.source,
        place: {
          offset: Number(row.byte_offset),
          line: Number(row.line),
          doubtUntil: row.doubt_until === null ? undefined : Number(row.doubt_until),
        },
        quarantineBytes: Number(row.quarantine_bytes),
        report: row.report,
        finished: row.finished_at !== null,
      }
    )
  },
})

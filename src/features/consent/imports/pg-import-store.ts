import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import { textOf } from '../../../platform/db/shared-statement.ts'
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
    if (entries.length === 0) return new Set()
    const rows = entries.map((entry) => [entry.subjectId, ...ledgerPart.valuesOf(entry)])
    const columns = [...Array(Object.keys(ledgerPart.columns).length + 1).keys()]
    const arrays = columns.map((column) => rows.map((row) => row[column]))
    const kept: { rows: { subject_id: SubjectId }[] } = await trx.raw(appendSql, arrays as Knex.RawBinding[])
    return new Set(kept.rows.map(({ subject_id }) => subject_id))
  },
})

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
        place: { offset: Number(row.byte_offset), line: Number(row.line) },
        quarantineBytes: Number(row.quarantine_bytes),
        report: row.report,
        finished: row.finished_at !== null,
      }
    )
  },
})

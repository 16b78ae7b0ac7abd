import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { conflict, invalid, unavailable } from '../../../kernel/errors.ts'
import type { PublishedNotice, PublishedRegistry } from '../published.ts'
import { type CsvHead, readCsvHead, readCsvRecords } from './csv-records.ts'
import { missingColumns } from './import-mapping.ts'
import type { ImportConsents, ImportFile, ImportOutcome, ImportParts } from './import-parts.ts'
import { counting, isComplete, nothingYet } from './import-report.ts'
import type { Checkpoint, ImportRun } from './import-store.ts'
import { type JudgedBatch, judgeBatch } from './judge-batch.ts'
import type { ImportFrame } from './judge-row.ts'
import { keepBatch, PeopleMovedOn } from './keep-batch.ts'
import { readNdjsonRecords } from './ndjson-records.ts'
import type { Rehearsal } from './rehearsal.ts'
import { fileStart, type Place, type SourceRecord } from './source-record.ts'

/** Few enough that a batch stays well under the deadlines of a transaction, many enough that a commit costs little a row. */
const batchRows = 400
/** So that rows with long texts do not gather into something that memory has to hold. */
const batchBytes = 1024 * 1024
const attempts = 5

async function hashOf(file: ImportFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.bytes(0)) hash.update(chunk)
  return hash.digest('hex')
}

const settingsOf = ({
  mapping,
  source,
  controller,
  brand,
  format,
  newcomers,
  language,
}: ImportConsents): string =>
  createHash('sha256')
    .update(
      canonicalize(
        JSON.parse(JSON.stringify({ mapping, source, controller, brand, format, newcomers, language })),
      ) ?? '',
    )
    .digest('hex')

/** Reads the header of a CSV file, and refuses one that no row could be read by. */
async function headOf(command: ImportConsents): Promise<CsvHead | undefined> {
  if (command.format === 'ndjson') return undefined
  const head = await readCsvHead(command.file.bytes(0))
  const missing = missingColumns(command.mapping, head.columns)
  if (missing.length > 0) {
    throw invalid('import-columns-missing', `The file has no column ${missing.join(', no column ')}.`)
  }
  return head
}

async function* batchesOf(records: AsyncIterable<SourceRecord>): AsyncGenerator<readonly SourceRecord[]> {
  let batch: SourceRecord[] = []
  let size = 0
  for await (const record of records) {
    batch.push(record)
    size += record.size
    if (batch.length < batchRows && size < batchBytes) continue
    yield batch
    batch = []
    size = 0
  }
  if (batch.length > 0) yield batch
}

/** The registry of this moment with the wordings this import has brought, which the house may not have looked at yet. */
function withTexts(registry: PublishedRegistry, texts: readonly PublishedNotice[]): PublishedRegistry {
  const missing = texts.filter(({ id }) => !registry.notices.some((notice) => notice.id === id))
  return missing.length === 0 ? registry : { ...registry, notices: [...registry.notices, ...missing] }
}

/**
 * Imports consents from a file: streamed, so that its size does not matter; in batches that are each one transaction
 * with the checkpoint; and a row that comes twice, in this run or another, meets its own fact and is not recorded again.
 * Rows that can be no fact go to the quarantine with their line and the reason; the others go on. A dry run judges the
 * same way, on top of what it would have written, and so foretells the report.
 *
 * Throws `import-unreadable`, `import-columns-missing` before anything is done; `import-taken-over` when another process
 * is at the same import.
 */
export async function importConsents(parts: ImportParts, command: ImportConsents): Promise<ImportOutcome> {
  const head = await headOf(command)
  const fileHash = await hashOf(command.file)
  if (command.dryRun) return importFile(parts, command, head, fileHash)
  const giveBack = await parts.takeTurn(fileHash)
  if (giveBack === undefined) throw conflict('import-taken-over', 'Another process is at this import.')
  try {
    return await importFile(parts, command, head, fileHash)
  } finally {
    await giveBack()
  }
}

async function importFile(
  parts: ImportParts,
  command: ImportConsents,
  head: CsvHead | undefined,
  fileHash: string,
): Promise<ImportOutcome> {
  const settingsHash = settingsOf(command)
  const earlier =
    command.resume && !command.dryRun ? await parts.imports.find(fileHash, settingsHash) : undefined
  const outcome = { source: command.source, fileHash, dryRun: command.dryRun }
  if (earlier?.finished === true) {
    const { importId, report } = earlier
    return { ...outcome, importId, report, state: 'already-finished', resumedAfter: report.rows }
  }
  const run = earlier ?? begin(parts, command, fileHash, settingsHash, head?.rows ?? fileStart)
  // What an interrupted run wrote after its last checkpoint is taken back; a file that is not ours stops us here.
  await command.quarantine.keep(run.quarantineBytes, [])
  if (earlier === undefined && !command.dryRun) await recordBegin(parts, command, run)
  const rehearsal = command.dryRun ? await parts.rehearse() : undefined
  try {
    const { state, report } = await runFrom(parts, command, run, head, rehearsal)
    const importId = command.dryRun ? undefined : run.importId
    return { ...outcome, importId, report, state, resumedAfter: run.report.rows }
  } finally {
    await rehearsal?.close()
  }
}

const begin = (
  { entropy }: ImportParts,
  { source }: ImportConsents,
  fileHash: string,
  settingsHash: string,
  place: Place,
): ImportRun => ({
  importId: entropy.id<'import'>(),
  fileHash,
  settingsHash,
  source,
  place,
  report: nothingYet,
  quarantineBytes: 0,
  finished: false,
})

async function recordBegin(parts: ImportParts, { actor }: ImportConsents, run: ImportRun): Promise<void> {
  const at = parts.clock.now()
  await parts.work(async ({ imports, audit }) => {
    await imports.begin(run, at)
    await audit.record({
      action: 'consent.import-started',
      actor,
      at,
      about: `import:${run.importId}`,
      facts: { source: run.source, file: run.fileHash },
    })
  })
}

async function recordEnd(parts: ImportParts, { actor }: ImportConsents, run: ImportRun): Promise<void> {
  const at = parts.clock.now()
  if (!isComplete(run.report)) throw new Error(`Import ${run.importId} lost count of its rows.`)
  const { reasons, ...counts } = run.report
  await parts.work(async ({ imports, audit }) => {
    await imports.finish(run.importId, at)
    await audit.record({
      action: 'consent.import-finished',
      actor,
      at,
      about: `import:${run.importId}`,
      facts: counts,
    })
  })
}

async function runFrom(
  parts: ImportParts,
  command: ImportConsents,
  from: ImportRun,
  head: CsvHead | undefined,
  rehearsal: Rehearsal | undefined,
): Promise<Pick<ImportOutcome, 'state' | 'report'>> {
  const { file, signal, onProgress } = command
  const history = await parts.people.purposeHistory()
  await parts.registry.refresh()
  let texts: readonly PublishedNotice[] = []
  let run = from
  const { place: start } = run
  const records =
    head === undefined
      ? readNdjsonRecords(file.bytes(start.offset), start)
      : readCsvRecords((offset) => file.bytes(offset), head, start)

  for await (const batch of batchesOf(records)) {
    const place = batch.at(-1)?.next ?? run.place
    for (let attempt = 1; ; attempt += 1) {
      const at = parts.clock.now()
      const registry = withTexts(parts.registry.current(), texts)
      const frame: ImportFrame = { ...command, fileHash: run.fileHash, registry, history, now: at.getTime() }
      const judged = await judgeBatch(batch, command.mapping, frame, {
        ...parts,
        rehearsal,
        newcomers: command.newcomers && { ...command.newcomers, language: command.language },
        now: at.getTime(),
      })
      const to: Checkpoint = {
        place,
        report: counting(run.report, judged.outcomes, judged.newcomers.length),
        quarantineBytes: await command.quarantine.keep(run.quarantineBytes, judged.setAside),
      }
      try {
        const worded = withTexts(registry, judged.texts)
        if (rehearsal === undefined)
          await keepBatch(parts, run, judged, to, { actor: command.actor, registry: worded, at })
        else await rehearse(rehearsal, judged)
        texts = [...texts, ...judged.texts]
        run = { ...run, ...to }
        break
      } catch (error) {
        if (!(error instanceof PeopleMovedOn)) throw error
        if (attempt === attempts) {
          throw unavailable(
            'ledger-busy',
            'Somebody keeps recording for these people. Go on with --resume.',
            1,
          )
        }
      }
    }
    onProgress?.({ report: run.report, done: place.offset, size: file.size })
    if (signal?.aborted === true && place.offset < file.size) return { state: 'stopped', report: run.report }
  }
  if (rehearsal === undefined) {
    await recordEnd(parts, command, run)
    await parts.registry.refresh()
  }
  return { state: 'finished', report: run.report }
}

const rehearse = (rehearsal: Rehearsal, { newcomers, acts }: JudgedBatch): Promise<void> =>
  rehearsal.remember({
    newcomers,
    events: acts.flatMap(({ person, facts }) =>
      facts.map(({ event }) => ({ subjectId: person.subjectId, event })),
    ),
  })

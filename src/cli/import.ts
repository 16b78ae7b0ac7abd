import { type Command, Option } from 'commander'
import type { ImportOutcome, ImportProgress } from '../features/consent/index.ts'
import { quarantineWords } from '../features/consent/index.ts'
import { type CliContext, withHouse } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { openImportFile, quarantineFile } from './import-file.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'
import { readDocument } from './read-document.ts'

interface Options {
  readonly format?: 'csv' | 'ndjson'
  readonly map?: string
  readonly source?: string
  readonly dryRun?: boolean
  readonly resume?: boolean
  readonly createLite?: boolean
  readonly quarantine?: string
}

const number = new Intl.NumberFormat('en')
const everyMs = 1_000

/** Tells how far it is about once a second: one line that is written over for a person, a line each for a program. */
function progressTo(out: Output): (progress: ImportProgress) => void {
  const started = performance.now()
  let told = started
  let doneBefore: number | undefined
  return ({ report, done, size }) => {
    const before = doneBefore ?? done
    doneBefore = before
    const now = performance.now()
    if (now - told < everyMs && done < size) return
    told = now
    const rate = (done - before) / (now - started)
    const secondsLeft = rate > 0 ? Math.ceil((size - done) / rate / 1000) : undefined
    if (out.json) {
      out.note(JSON.stringify({ progress: { rows: report.rows, bytes: done, of: size, secondsLeft } }))
      return
    }
    const share = Math.floor((done / Math.max(size, 1)) * 100)
    const left = secondsLeft === undefined || done === size ? '' : `, about ${timeOf(secondsLeft)} left`
    out.progress(
      `${number.format(report.rows)} rows (${share} %), ${number.format(report.quarantined)} set aside${left}`,
    )
  }
}

const timeOf = (seconds: number): string => (seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`)

const opening: Readonly<Record<ImportOutcome['state'], string>> = {
  finished: 'Imported',
  stopped: 'Stopped',
  'already-finished': 'Imported before',
}

function print(out: Output, outcome: ImportOutcome, quarantine: string | undefined): void {
  const { report, dryRun, state, resumedAfter } = outcome
  const line = (count: number, words: string) => {
    if (count > 0) out.line(`  ${number.format(count).padStart(11)}  ${words}`)
  }
  const began =
    resumedAfter > 0 && state !== 'already-finished'
      ? ` (from row ${number.format(resumedAfter + 1)} on)`
      : ''
  const title = dryRun ? 'This would be imported' : opening[state]
  out.line(`${title}: ${number.format(report.rows)} rows${began}`)
  line(report.given, 'yes, with evidence')
  line(report.unknown, 'yes without evidence: kept as a claim, permits nothing')
  line(report.refused, 'no')
  line(report.withdrawn, 'withdrawn')
  line(report.repeated, 'recorded before, left as they are')
  line(report.newPeople, 'people taken in')
  line(report.quarantined, 'set aside')
  for (const [reason, count] of Object.entries(report.reasons)) {
    const words = quarantineWords[reason as keyof typeof quarantineWords]
    out.line(`    ${number.format(count).padStart(11)}  ${reason}: ${words}`)
  }
  if (report.quarantined > 0 && quarantine !== undefined) {
    out.line(
      `Rows set aside are in ${quarantine}. Mend them there and import that file with --format ndjson.`,
    )
  }
  if (state === 'stopped') out.line('What is done stays done. Go on with the same command and --resume.')
}

async function importFrom(
  out: Output,
  context: CliContext,
  name: string,
  options: Options,
): Promise<ExitCode> {
  const { root } = context
  const { dryRun = false, resume = false, createLite = false } = options
  const file = await openImportFile(root, name)
  const mapping = options.map === undefined ? undefined : await readDocument(context, options.map)
  const format = options.format ?? (/\.(ndjson|jsonl)$/i.test(name) ? 'ndjson' : 'csv')
  const asideName = options.quarantine ?? (dryRun ? undefined : `${name}.quarantine.ndjson`)
  const aside = asideName === undefined ? undefined : quarantineFile(root, asideName, !resume)
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    const outcome = await withHouse(context, (house) =>
      house.imports.consents({
        file,
        format,
        mapping,
        dryRun,
        resume,
        takeIn: createLite,
        quarantine: aside ?? { keep: async () => 0 },
        onProgress: progressTo(out),
        signal: stop.signal,
        ...(options.source === undefined ? {} : { source: options.source }),
      }),
    )
    print(out, outcome, asideName)
    if (out.json)
      out.document({ ...outcome, quarantine: outcome.report.quarantined > 0 ? (asideName ?? null) : null })
    if (outcome.state === 'stopped') return exitCodes.failed
    return outcome.report.quarantined > 0 ? exitCodes.drift : exitCodes.ok
  } finally {
    out.progress('')
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    await aside?.close()
  }
}

export function registerImport(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('import')
    .description('take over what another system kept')
    .command('consents')
    .description(
      'record answers people gave elsewhere, from CSV or NDJSON; rows that can be no fact are set aside (exit 3)',
    )
    .argument('<file>', 'the file; it is read as a stream, whatever its size')
    .addOption(
      new Option('--format <format>', 'how it is written (default: by its name)').choices(['csv', 'ndjson']),
    )
    .option('--map <file>', 'JSON that says which column is what, and what its words mean')
    .option('--source <name>', 'who kept these consents until now')
    .option('--dry-run', 'judge every row and write nothing')
    .option('--resume', 'go on where an import of this file stopped')
    .option('--create-lite', 'take in people the house does not know, with nothing but what the row names')
    .option('--quarantine <file>', 'where rows set aside go (default: beside the file)')
    .action(bind((out, name: string, options: Options) => importFrom(out, context, name, options)))
}

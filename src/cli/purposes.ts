import type { Command } from 'commander'
import type { LintReport, PurposePreview } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'
import { readDocument } from './read-document.ts'

const file = 'a JSON file with the purpose and its notices; standard input when -'

function print(out: Output, { findings, impact }: LintReport): void {
  for (const { notice, language, surface, part, start, end, code, excerpt } of findings) {
    const place = end > start ? `${part} ${start}–${end}` : part
    out.line(
      `${out.bad('✖')} ${notice} (${language}, ${surface}) ${place}: ${code}${excerpt === '' ? '' : ` «${excerpt}»`}`,
    )
  }
  if (findings.length === 0) out.line(`${out.good('✔')} Nothing was found in the words.`)
  out.line(
    `${impact.kind}: ${impact.askedAgain} people will be asked again, ${impact.permittedToday} are permitted today`,
  )
}

/** The card of the purpose as the preference pages lay it out, in text. */
function show(out: Output, shown: PurposePreview): void {
  const { language, surface, version, title, summary, text, controller, data, recipients } = shown
  const changed = shown.changed ? ', shown with what changed' : ''
  out.line(`[${language}, ${surface}] ${title} (version ${version}${changed})`)
  for (const line of [summary, text]) out.line(`  ${line}`)
  out.line(`  ${controller} · ${data.join(', ')} · ${recipients.join(', ')}`)
  out.line(`  ${shown.retention} · ${shown.howToStop}`)
  out.line(shown.asked.length === 0 ? '  nothing is asked' : `  asked: ${shown.asked.join(', ')}`)
  out.line('')
}

export function registerPurposes(program: Command, context: CliContext, bind: Bind): void {
  const purpose = program
    .command('purpose')
    .alias('purposes')
    .description('what data may be used for, and the words it is told in')
  purpose
    .command('list')
    .description('every purpose in force')
    .action(
      bind(async (out) => {
        const purposes = await withHouse(context, (house) => house.purposes.list())
        for (const { id, version, bases, contactChannels } of purposes) {
          out.line(`${id}\t${version}\t${bases.join(',')}\t${contactChannels.join(',')}`)
        }
        if (out.json) out.document(purposes)
        return exitCodes.ok
      }),
    )
  purpose
    .command('lint')
    .description(
      'what is hard to read, misleading or missing in the words, and who would be asked again; changes nothing',
    )
    .argument('<file>', file)
    .action(
      bind(async (out, name: string) => {
        const document = await readDocument(context, name)
        const report = await withHouse(context, (house) => house.purposes.lint(document))
        print(out, report)
        if (out.json) out.document(report)
        return report.findings.length === 0 ? exitCodes.ok : exitCodes.drift
      }),
    )
  purpose
    .command('publish')
    .description('put a purpose in force with its notices')
    .argument('<file>', file)
    .option(
      '--despite-findings',
      'publish words that the linter would not; it is kept in the audit trail who did',
    )
    .action(
      bind(async (out, name: string, options: { despiteFindings?: boolean }) => {
        const document = await readDocument(context, name)
        const despiteFindings = options.despiteFindings === true
        const report = await withHouse(context, (house) =>
          house.purposes.publish(document, { despiteFindings }),
        )
        print(out, report)
        out.line(`${out.good('✔')} Version ${report.version} is in force.`)
        if (out.json) out.document(report)
        return exitCodes.ok
      }),
    )
  purpose
    .command('preview')
    .description('what a document would tell customers and ask of them, in each of its languages and places')
    .argument('<file>', file)
    .action(
      bind(async (out, name: string) => {
        const document = await readDocument(context, name)
        const shown = await withHouse(context, (house) => house.purposes.preview(document))
        for (const one of shown) show(out, one)
        if (out.json) out.document(shown)
        return exitCodes.ok
      }),
    )
  purpose
    .command('discard')
    .description('give up the draft of a purpose; its number is spent')
    .argument('<purpose>')
    .action(
      bind(async (out, id: string) => {
        const version = await withHouse(context, (house) => house.purposes.discard(id))
        out.line(`${out.good('✔')} Version ${version} of ${id} will never be in force.`)
        if (out.json) out.document({ purpose: id, version })
        return exitCodes.ok
      }),
    )
  purpose
    .command('retire')
    .description('end a purpose: nothing may be used for it any more, whatever was agreed to')
    .argument('<purpose>')
    .requiredOption('--reason <text>', 'why, for the trail')
    .action(
      bind(async (out, id: string, { reason }: { reason: string }) => {
        await withHouse(context, (house) => house.purposes.retire(id, reason))
        out.line(`${out.good('✔')} ${id} is retired.`)
        if (out.json) out.document({ purpose: id, retired: true })
        return exitCodes.ok
      }),
    )
  purpose
    .command('export')
    .description('the registry in terms of the Data Privacy Vocabulary, as JSON-LD')
    .requiredOption('--dpv', 'the only form there is')
    .action(
      bind(async (out) => {
        out.document(await withHouse(context, (house) => house.purposes.exportDpv()))
        return exitCodes.ok
      }),
    )
  program
    .command('notice')
    .description('wordings of purposes')
    .command('publish')
    .description(
      'add a wording, such as another language, to a version there is; it never changes from then on',
    )
    .argument('<file>', 'a JSON file with the notice; standard input when -')
    .action(
      bind(async (out, name: string) => {
        const document = await readDocument(context, name)
        const { textHash } = await withHouse(context, (house) => house.notices.publish(document))
        out.line(textHash)
        if (out.json) out.document({ textHash })
        return exitCodes.ok
      }),
    )
}

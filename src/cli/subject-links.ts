import { type Command, Option } from 'commander'
import type { Decided, LinkedPreview } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'

interface Common extends Decided {
  readonly dryRun?: true
}

/** Conflicts first: they are why somebody looks before linking. */
function show(out: Output, { dryRun, conflicts, permissions }: LinkedPreview): void {
  for (const { brand, purpose, contactChannel, said } of conflicts) {
    const words = said.map(
      ({ subjectId, state, at }) => `${subjectId} ${state}${at === null ? '' : ` ${at}`}`,
    )
    out.line(['conflict', brand, purpose, contactChannel, ...words].join('\t'))
  }
  for (const { subjectId, brand, purpose, contactChannel, before, after, reason } of permissions) {
    const how = before === after ? after : `${before} → ${after}`
    out.line(['permission', subjectId, brand, purpose, contactChannel, how, reason].join('\t'))
  }
  if (dryRun) out.note('Nothing was changed: this was a rehearsal.')
}

/** Which accounts are one person's, as the data protection officer decided. */
export function registerSubjectLinks(subject: Command, context: CliContext, bind: Bind): void {
  const command = (name: string, description: string): Command =>
    subject
      .command(name)
      .description(description)
      .argument('<first>', 'one account: its id, or an e-mail address of it')
      .argument('<second>', 'the other one')
      .requiredOption('--officer <login>', 'the data protection officer who decided')
      .requiredOption('--reason <text>', 'why, for the trail; no data of the person')
      .option('--dry-run', 'show the conflicts and what would be permitted, and change nothing')

  command('link', 'say that two accounts are one person’s: a no of either counts for both from now on')
    .addOption(
      new Option('--assurance <level>', 'L1: the same verified contact point; L2: the person proved both')
        .choices(['L1', 'L2'])
        .makeOptionMandatory(),
    )
    .option('--shared <address...>', 'the contact point both know: as the first, and as the second has it')
    .option('--rule <name>', 'by which procedure it was found, such as proven-in-store')
    .action(
      bind(
        async (
          out,
          first: string,
          second: string,
          { dryRun, ...options }: Common & { assurance: string; shared?: string[]; rule?: string },
        ) => {
          const done = await withHouse(context, (house) =>
            house.subjects.link(first, second, { ...options, dryRun: dryRun === true }),
          )
          if (out.json) out.document(done)
          if (done.outcome === 'refused') {
            out.line(`${out.bad('✘')} Not linked: ${done.reason}`)
            return exitCodes.failed
          }
          const says =
            done.outcome === 'standing' ? 'They were linked before' : dryRun ? 'Would link' : 'Linked'
          out.line(`${out.good('✔')} ${says}: ${done.members.join(', ')}`)
          show(out, done)
          return exitCodes.ok
        },
      ),
    )
  command('unlink', 'end the links that join two accounts: each is decided on its own answers again')
    .option('--mistaken', 'they never were one person’s: a breach assessment is opened, their sessions end')
    .action(
      bind(
        async (
          out,
          first: string,
          second: string,
          { dryRun, mistaken, ...options }: Common & { mistaken?: true },
        ) => {
          const done = await withHouse(context, (house) =>
            house.subjects.unlink(first, second, {
              ...options,
              mistaken: mistaken === true,
              dryRun: dryRun === true,
            }),
          )
          if (out.json) out.document(done)
          const before = done.outcome === 'ended-before'
          const did = before ? 'Ended before' : dryRun ? 'Would end' : 'Ended'
          out.line(`${out.good('✔')} ${did}: ${done.links.join(', ')}`)
          if (before && !dryRun) out.line('Every session and token of both accounts has ended.')
          if (mistaken && !dryRun)
            out.line('A breach assessment is open; the authority may have to hear of it.')
          show(out, done)
          return exitCodes.ok
        },
      ),
    )
}

import type { Command } from 'commander'
import type { CommandHouse, Decided } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

const who = 'the person: their id, or their e-mail address'

type Scoped = Decided & { readonly scope: readonly string[] }

interface Stop {
  readonly channel: string
  readonly address?: string
}

const stopOf = ({ channel, address }: Stop) => ({
  contactChannel: channel,
  ...(address === undefined ? {} : { address }),
})

/** What is decided about one person by the data protection officer, and where nothing is sent. */
export function registerSubjectDecisions(subject: Command, context: CliContext, bind: Bind): void {
  /** A command that carries out what the officer decided; the trail names both. */
  const decided = (name: string, description: string): Command =>
    subject
      .command(name)
      .description(description)
      .argument('<person>', who)
      .requiredOption('--officer <login>', 'the data protection officer who decided')
      .requiredOption('--reason <text>', 'why, for the trail; no data of the person')
  const scoped = (name: string, description: string): Command =>
    decided(name, description).requiredOption(
      '--scope <entry...>',
      '* for everything, a purpose or glob such as marketing.*, attr:NAME for an attribute',
    )
  const run = <Options>(
    command: Command,
    act: (house: CommandHouse, person: string, options: Options) => Promise<object>,
    says: string,
  ): Command =>
    command.action(
      bind(async (out, person: string, options: Options) => {
        const done = await withHouse(context, (house) => act(house, person, options))
        const particulars = Object.values(done).map((one) => (one instanceof Date ? one.toISOString() : one))
        out.line([`${out.good('✔')} ${says}`, ...particulars].join('\t'))
        if (out.json) out.document(done)
        return exitCodes.ok
      }),
    )

  run(
    scoped('restrict', 'keep data and do not use them, from now on (GDPR Art. 18)').requiredOption(
      '--ground <case>',
      'accuracy, unlawful, legal_claims or objection_pending',
    ),
    (house, person, options: Scoped & { ground: string }) => house.subjects.restrict(person, options),
    'Restricted.',
  )
  run(
    scoped('announce-lift', 'tell the person that a restriction of this scope will end (Art. 18(3))')
      .option('--told <way>', 'they know already: by letter, telephone or in-person; nothing is sent')
      .option('--on <day>', 'the day they knew, as 2026-11-22; of a letter, the day it arrived'),
    (house, person, options: Scoped & { told?: string; on?: string }) =>
      house.subjects.announceLift(person, options),
    'The person was told; it may end after:',
  )
  run(
    scoped('lift-restriction', 'end a restriction whose end was announced three days ago or more'),
    (house, person, options: Scoped) => house.subjects.liftRestriction(person, options),
    'Lifted.',
  )
  run(
    decided('override-objection', 'compelling grounds prevail over an objection by Art. 21(1)')
      .requiredOption('--purpose <id>', 'what was objected to; never advertising')
      .requiredOption('--grounds <text>', 'as the person will read them; - reads standard input'),
    async (house, person, { grounds, ...options }: Decided & { purpose: string; grounds: string }) =>
      house.subjects.overrideObjection(person, {
        ...options,
        grounds: grounds === '-' ? await context.readInput() : grounds,
      }),
    'The objection is overridden.',
  )
  const stop = (command: Command): Command =>
    command
      .option('--channel <contact-channel>', 'where; * is everywhere', '*')
      .option('--address <address>', 'one address or number of the person; all of them when left out')
  run(
    stop(
      subject
        .command('suppress')
        .description('send no advertising there any more, whatever was agreed to')
        .argument('<person>', who),
    )
      .requiredOption('--because <what>', 'complaint, hard_bounce or court')
      .requiredOption('--source <name>', 'who told it, such as juzgado-3; no data of the person'),
    (house, person, options: Stop & { because: string; source: string }) =>
      house.subjects.suppress(person, {
        ...stopOf(options),
        because: options.because,
        source: options.source,
      }),
    'Nothing is sent there:',
  )
  run(
    stop(decided('lift-suppression', 'end the suppressions of this very scope')),
    (house, person, options: Stop & Decided) =>
      house.subjects.liftSuppression(person, {
        ...stopOf(options),
        officer: options.officer,
        reason: options.reason,
      }),
    'The suppression is lifted:',
  )
}

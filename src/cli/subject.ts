import type { Command } from 'commander'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'
import { registerSubjectDecisions } from './subject-decisions.ts'
import { registerSubjectLinks } from './subject-links.ts'

export function registerSubject(program: Command, context: CliContext, bind: Bind): void {
  const subject = program.command('subject').description('the people who have an account')
  const commands = {
    lock: 'let nobody in by this account, and end its sessions, tokens and permissions to clients at once',
    unlock: 'open a locked account again; everybody signs in anew',
  } as const
  for (const to of ['lock', 'unlock'] as const) {
    subject
      .command(to)
      .description(commands[to])
      .argument('<subject>', 'the id of the account, or an e-mail address of it')
      .requiredOption('--reason <reason>', 'why; kept in the audit trail')
      .action(
        bind(async (out, whose: string, { reason }: { reason: string }) => {
          const done = await withHouse(context, (house) => house.subjects[to]({ subject: whose, reason }))
          out.line(`${out.good('✔')} ${done.subjectId} is ${done.state}`)
          if (out.json) out.document(done)
          return exitCodes.ok
        }),
      )
  }
  subject
    .command('move')
    .description(
      'note the country a person lives in; its law decides from then on, about earlier answers too',
    )
    .argument('<person>', 'the person: their id, or their e-mail address')
    .requiredOption('--to <country>', 'two letters, such as DE')
    .requiredOption('--reason <reason>', 'how we know; kept in the audit trail')
    .action(
      bind(async (out, person: string, options: { to: string; reason: string }) => {
        const done = await withHouse(context, (house) => house.subjects.move(person, options))
        out.line(done.outcome === 'moved' ? `${out.good('✔')} Moved.` : 'They lived there already.')
        if (out.json) out.document(done)
        return exitCodes.ok
      }),
    )
  registerSubjectDecisions(subject, context, bind)
  registerSubjectLinks(subject, context, bind)
}

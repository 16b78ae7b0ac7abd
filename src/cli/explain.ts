import type { Command } from 'commander'
import type { ExplainedRule, Explanation } from '../features/consent/index.ts'
import type { ExplainQuestion } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'

interface Options {
  readonly subject: string
  readonly purpose: string
  readonly channel?: string
  readonly attribute?: string
  readonly campaignCategory?: string
  readonly system?: string
  readonly at?: string
  readonly lang?: string
}

const sign: Readonly<Record<ExplainedRule['outcome'], string>> = {
  PASSED: '·',
  PERMIT: '✔',
  DENY: '✖',
  NOT_REACHED: ' ',
}

function print(out: Output, told: Explanation, language: string): void {
  const { decision, at, law, cites, rules, knew } = told
  const inWords = (words: Readonly<Record<string, string>> | undefined) => words?.[language] ?? ''
  out.line(`${decision.decision} ${decision.reason}`)
  out.line(`as of ${new Date(at).toISOString()}, by the law of ${law.jurisdiction} (${law.version})`)
  if (!knew.every(({ known }) => known))
    out.line('not everything of that day can be told any more: see ? below')
  out.line('')
  for (const { number, rule, asks, says, outcome, bases = [] } of rules) {
    out.line(`${sign[outcome]} ${number} ${rule}: ${inWords(says) || inWords(asks)}`)
    for (const tried of bases) {
      out.line(
        `    ${sign[tried.outcome]} ${tried.basis}: ${inWords(tried.says)} ${tried.cites ?? ''}`.trimEnd(),
      )
    }
  }
  out.line('')
  out.line(cites)
  for (const { kind, ref } of decision.evidence) out.line(`evidence: ${kind} ${ref}`)
  if (decision.validUntil !== null) out.line(`until ${new Date(decision.validUntil).toISOString()}`)
  out.line('')
  out.line('what was known (? cannot be told any more):')
  for (const { fact, known, says } of knew) out.line(`${known ? '·' : '?'} ${fact}: ${inWords(says)}`)
}

export function registerExplain(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('explain')
    .description('tell rule by rule why something may or may not be done with a person')
    .requiredOption('--subject <id>', 'the person')
    .requiredOption('--purpose <id>', 'what for')
    .option(
      '--channel <contact-channel>',
      'over which contact channel; the first of the purpose when left out',
    )
    .option('--attribute <id>', 'with which attribute; the first of the purpose when left out')
    .option('--campaign-category <category>', 'what a campaign sells, for soft opt-in')
    .option('--system <id>', 'which recipient asks; the house itself when left out')
    .option('--at <date>', 'as of a past instant: by what was on record then, every fact as it stood')
    .option('--lang <language>', 'es or en', 'en')
    .action(
      bind(async (out, options: Options) => {
        const { channel, lang, ...question } = options
        const asked: ExplainQuestion = {
          ...question,
          ...(channel === undefined ? {} : { contactChannel: channel }),
        }
        const told = await withHouse(context, (house) => house.decisions.explain(asked))
        if (told === undefined) {
          if (out.json) out.document({ error: { code: 'subject-unknown' } })
          out.note(`${out.bad('✖')} There is no such person.\n  fix: Name them by their id.`)
          return exitCodes.failed
        }
        print(out, told, lang ?? 'en')
        if (out.json) out.document(told)
        return exitCodes.ok
      }),
    )
}

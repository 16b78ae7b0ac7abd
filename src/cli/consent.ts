import type { Command } from 'commander'
import type { FindingOrder } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

type Options = Omit<FindingOrder, 'as' | 'onProgress' | 'signal' | 'dryRun'> & { readonly dryRun?: boolean }

const number = new Intl.NumberFormat('en')
const everyMs = 1_000

const commands = {
  invalidate: ['invalidated', 'declare answers invalid: their evidence was found worthless'],
  revoke: ['revoked', 'no longer rely on answers, though they were good'],
} as const

/** What the data protection officer finds about answers given before. */
export function registerConsent(program: Command, context: CliContext, bind: Bind): void {
  const consent = program.command('consent').description('what is found about answers given before')
  for (const name of ['invalidate', 'revoke'] as const) {
    const [as, description] = commands[name]
    consent
      .command(name)
      .description(`${description}; where a yes still carries something it no longer does`)
      .option('--import <id>', 'all answers of one import')
      .option('--touchpoint <id>', 'all answers given at a store, kiosk or desk')
      .option('--from <date>', 'with --touchpoint: given at this time or later')
      .option('--until <date>', 'with --touchpoint: given before this time')
      .option('--notice <id>', 'all answers to one wording')
      .option('--notice-version <number>', 'with --notice: which version')
      .option('--language <code>', 'with --notice: in one language only')
      .option('--act <id>', 'one answer, by the id its receipt names')
      .requiredOption('--officer <login>', 'the data protection officer who decided')
      .requiredOption('--reason <text>', 'why, for the trail; no data of a person')
      .option('--dry-run', 'count what it would come to and change nothing')
      .action(
        bind(async (out, options: Options) => {
          const stop = new AbortController()
          const onSignal = () => stop.abort()
          process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
          let told = performance.now()
          try {
            const done = await withHouse(context, (house) =>
              house.findings.declare({
                ...options,
                as,
                dryRun: options.dryRun === true,
                signal: stop.signal,
                onProgress: ({ people, declared }) => {
                  if (performance.now() - told < everyMs) return
                  told = performance.now()
                  out.progress(`${number.format(people)} people, ${number.format(declared)} answers`)
                },
              }),
            )
            out.progress('')
            out.line(
              done.dryRun ? 'This would be declared:' : done.outcome === 'stopped' ? 'Stopped:' : 'Declared:',
            )
            const line = (count: number, words: string) =>
              out.line(`  ${number.format(count).padStart(11)}  ${words}`)
            line(done.found, `answers found, of ${number.format(done.people)} people`)
            line(done.declared, `stood, and ${done.dryRun ? 'would no longer' : 'no longer do'}`)
            line(done.saidAgain, 'were said again since, and stand by that')
            line(done.stoodNoMore, 'stood no more')
            if (done.notActive > 0) line(done.notActive, 'people blocked or erased, left alone')
            if (done.outcome === 'stopped') out.line('What is done stays done; the same command goes on.')
            if (out.json) out.document(done)
            return done.outcome === 'stopped' ? exitCodes.failed : exitCodes.ok
          } finally {
            out.progress('')
            process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
          }
        }),
      )
  }
}

import { join } from 'node:path'
import { measureGrowth } from './growth.ts'
import { OptionsRefused, readOptions, usage } from './options.ts'
import { describeGrowth, growthTable } from './report/growth-table.ts'
import { describeRun, markdownTable, table } from './report/table.ts'
import { writeSection } from './report/write-docs.ts'
import { startScenario } from './run/measure-start.ts'
import { runBenchmark } from './run-benchmark.ts'
import { scenarios } from './scenarios.ts'

/*
 * npm run bench: what the house costs beside what it is made of. See docs/benchmarks.md for how to read the answer.
 * Stdout is for the result alone; what goes on meanwhile is told on stderr.
 */
const say = (line: string) => process.stderr.write(`${line}\n`)

const page = join(process.cwd(), 'docs', 'benchmarks.md')

async function main(): Promise<number> {
  const words = process.argv.slice(2)
  if (words.includes('--help')) {
    say(usage)
    return 0
  }
  const options = readOptions(words, [...scenarios.map(({ id }) => id), startScenario.id])
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(130)
      say('Stopping after this scenario, so that nothing is left behind; once more to stop at once.')
      stopping.abort()
    })
  }
  if (options.growth) {
    const growth = await measureGrowth(options.quick ? [1_000, 10_000] : [10_000, 100_000, 1_000_000], say)
    process.stdout.write(
      `${options.json ? JSON.stringify(growth, undefined, 2) : growthTable(growth.points)}\n`,
    )
    if (options.write) await writeSection(page, 'growth', describeGrowth(growth))
    return 0
  }
  const keycloakHome = process.env['KEYCLOAK_HOME']
  const result = await runBenchmark(options, { keycloakHome }, say, stopping.signal)
  const text = options.json
    ? JSON.stringify(result, undefined, 2)
    : [...describeRun(result), '', table(result)].join('\n')
  process.stdout.write(`${text}\n`)
  if (options.write) {
    const lines = describeRun(result).map((line) => `- ${line}`)
    await writeSection(page, 'newest run', [...lines, '', markdownTable(result)].join('\n'))
  }
  if (stopping.signal.aborted) return 130
  return result.scenarios.some(({ status }) => status === 'failed') ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof OptionsRefused)) throw error
  say(`${error.message}\n\n${usage}`)
  process.exitCode = 2
}

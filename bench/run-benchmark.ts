import { type BenchDatabase, postgresSettings, startBenchDatabase } from './database.ts'
import { startMailSink } from './house/mail-sink.ts'
import { type HouseSettings, newSecrets } from './house/settings.ts'
import { openPostgresMeter } from './meters/postgres-meter.ts'
import { type BenchOptions, chosen } from './options.ts'
import { type Child, startChild } from './process/start-child.ts'
import { currentLoad, describeEnvironment, quietLoadAverage } from './report/environment.ts'
import { measureStart, startScenario } from './run/measure-start.ts'
import type { Bench } from './run/meters.ts'
import type { BenchmarkResult, ScenarioResult } from './run/result.ts'
import { runScenario } from './run/run-scenario.ts'
import { scenarios } from './scenarios.ts'

type Say = (line: string) => void

const rooms = { house: 'house', floor: 'floor', generator: 'generator' } as const

function remarksOn(loadAverage: number, quick: boolean, keycloakHome: string | undefined): readonly string[] {
  return [
    ...(loadAverage > quietLoadAverage
      ? [
          `The machine was busy before the run (load average ${loadAverage.toFixed(2)}): absolute figures are too low, compare ratios only.`,
        ]
      : []),
    ...(process.platform === 'linux' ? [] : ['CPU of PostgreSQL is not measured off Linux.']),
    ...(quick ? ['A quick run: it shows that the bench works, not how fast the house is.'] : []),
    keycloakHome === undefined
      ? 'KEYCLOAK_HOME is not set: no comparison with Keycloak was run.'
      : 'KEYCLOAK_HOME is set, but the side-by-side run with Keycloak is not part of this slice: nothing was compared.',
  ]
}

/** One scenario that fails must not cost the others their run; the reason is one line, the whole goes to stderr. */
async function unlessFailed(
  { id, title }: { readonly id: string; readonly title: string },
  say: Say,
  run: () => Promise<ScenarioResult>,
): Promise<ScenarioResult> {
  try {
    return await run()
  } catch (error) {
    const whole = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say(whole)
    const reason = (error instanceof Error ? error.message : whole).split('\n')[0] ?? ''
    return { status: 'failed', id, title, reason }
  }
}

async function runAll(
  database: BenchDatabase,
  options: BenchOptions,
  say: Say,
  stopping: AbortSignal,
  children: Child[],
): Promise<readonly ScenarioResult[]> {
  const keep = async <Ready>(child: Promise<Child<Ready>>) => {
    const started = await child
    children.push(started)
    return started
  }
  const mail = await startMailSink()
  const house: HouseSettings = { database: database.application, smtpUrl: mail.url, secrets: newSecrets() }
  const settings = { house, floor: { database: database.floor } }
  const results: ScenarioResult[] = []
  const wanted = scenarios.filter(({ id }) => chosen(id, options.only))
  const postgres = await openPostgresMeter(database.house, [database.house, database.floor])
  try {
    const bench: Bench = {
      house: await keep(startChild(rooms.house, settings.house)),
      floor: await keep(startChild(rooms.floor, settings.floor)),
      generator: await keep(startChild(rooms.generator, {})),
      postgres,
    }
    say(`Filling the house with ${options.people} people`)
    const target = { people: options.people }
    const targets = {
      house: await bench.house?.ask('seed', target),
      floor: await bench.floor.ask('seed', target),
    }
    for (const scenario of wanted) {
      if (stopping.aborted) break
      say(`${scenario.id}  ${scenario.title}`)
      results.push(await unlessFailed(scenario, say, () => runScenario(bench, scenario, targets, options)))
    }
    for (const child of children.splice(0)) await child.stop()
    if (chosen(startScenario.id, options.only) && !stopping.aborted) {
      say(`${startScenario.id}  ${startScenario.title}`)
      const run = () =>
        measureStart(
          { room: rooms.house, settings: settings.house },
          { room: rooms.floor, settings: settings.floor },
          options.quick,
        )
      results.push(await unlessFailed(startScenario, say, run))
    }
    return results
  } finally {
    for (const child of children.splice(0)) await child.stop()
    await postgres.close()
    mail.close()
  }
}

/** Starts everything, runs what was chosen, and leaves nothing behind, however it ends. */
export async function runBenchmark(
  options: BenchOptions,
  environment: { readonly keycloakHome: string | undefined },
  say: Say,
  stopping: AbortSignal,
): Promise<BenchmarkResult> {
  const loadAverage = currentLoad()
  const remarks = remarksOn(loadAverage, options.quick, environment.keycloakHome)
  for (const remark of remarks) say(remark)
  const database = await startBenchDatabase(say)
  const children: Child[] = []
  try {
    const meter = await openPostgresMeter(database.house, [])
    const version = await meter.version()
    await meter.close()
    const results = await runAll(database, options, say, stopping, children)
    const { seconds, connections, people, quick, only } = options
    return {
      version: 1,
      environment: await describeEnvironment(version, loadAverage),
      settings: { seconds, connections, people, quick, only, postgres: postgresSettings },
      scenarios: results,
      remarks,
    }
  } finally {
    await database.stop()
  }
}

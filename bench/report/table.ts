import type { BenchmarkResult, MeasuredScenario, ScenarioResult, StartResult } from '../run/result.ts'
import { median, type Verdict } from '../run/verdict.ts'
import { describeMachine } from './environment.ts'

type Cell = string

const headings: readonly Cell[] = [
  'id',
  'scenario',
  'max ops/s',
  'ops/s at p99',
  'p50 ms',
  'p99 ms',
  'p99.9 ms',
  'app µs',
  'pg µs',
  'gen µs',
  'trips',
  'stmts',
  'WAL B',
  'RSS MB',
  'floor ops/s',
  'ratio',
  'verdict',
]

const nothing = '–'
const count = (value: number | undefined) =>
  value === undefined ? nothing : Math.round(value).toLocaleString('en').replaceAll(',', ' ')
const fine = (value: number | undefined, digits = 1) =>
  value === undefined ? nothing : value.toFixed(digits)
/** Whole numbers as such: a round trip more or less is the whole point. */
const exact = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(2))
const mega = (bytes: number) => String(Math.round(bytes / 2 ** 20))

const inWords = ({ of, budget, measured, verdict }: Verdict): string => {
  const say = (value: number) =>
    of === 'ratio' ? value.toFixed(2) : of === 'round trips' ? exact(value) : count(value)
  if (verdict === 'met') return `${of} met`
  if (verdict === 'noisy') return `${of} noisy`
  return `${of} ${say(measured)} for ${say(budget)}`
}

const verdictCell = (result: MeasuredScenario | StartResult): Cell => {
  const { verdicts } = result
  const words = verdicts.filter((one) => one.verdict !== 'met').map(inWords)
  if (result.status === 'measured' && result.generatorBound) words.push('generator at its limit')
  if (verdicts.length === 0) return words.join('; ') || 'no budget'
  return words.length === 0 ? 'met' : words.join('; ')
}

function row(result: ScenarioResult): readonly Cell[] {
  const { id, title } = result
  const empty = headings.slice(2).map(() => nothing)
  if (result.status === 'skipped' || result.status === 'failed') {
    const what = result.status === 'skipped' ? 'not measured' : 'failed'
    return [id, title, ...empty.slice(1), `${what}: ${result.reason}`]
  }
  if (result.status === 'started') {
    const cells = [...empty]
    cells[2] = fine(median(result.readyMs), 0)
    cells[3] = fine(Math.max(...result.readyMs), 0)
    cells[11] = mega(result.idleRssBytes)
    cells[12] = `${fine(median(result.floor.readyMs), 0)} ms`
    cells[14] = verdictCell(result)
    return [id, title, ...cells]
  }
  const { house, floor, ratio } = result
  const { latency } = house.atHalf
  const { app, postgres, generator } = house.saturated.cpu
  return [
    id,
    title,
    count(house.perSecond),
    house.atObjective === undefined
      ? `none ≤ ${result.objectiveMs} ms`
      : count(house.atObjective.step.perSecond),
    fine(latency.p50),
    fine(latency.p99),
    fine(latency.p999),
    fine(app, app !== undefined && app < 10 ? 1 : 0),
    fine(postgres, 0),
    fine(generator, 0),
    exact(house.counts.roundTrips),
    exact(house.counts.statements),
    count(house.saturated.walBytes),
    mega(house.saturated.rssBytes),
    count(floor?.perSecond),
    fine(ratio, 2),
    verdictCell(result),
  ]
}

const rowsOf = (result: BenchmarkResult) => [headings, ...result.scenarios.map(row)]

const wide = (text: string, width: number, left: boolean) =>
  left ? text.padEnd(width) : text.padStart(width)
const isWords = (column: number) => column < 2 || column === headings.length - 1

/** For a terminal: numbers right, words left. */
export function table(result: BenchmarkResult): string {
  const rows = rowsOf(result)
  const widths = headings.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly Cell[]) =>
    cells
      .map((cell, column) => wide(cell, widths[column] ?? 0, isWords(column)))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('──')
  const [first = [], ...rest] = rows.map(line)
  return [first, rule, ...rest].join('\n')
}

export function markdownTable(result: BenchmarkResult): string {
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const [first = [], ...rest] = rowsOf(result)
  return [
    line(first),
    line(headings.map((_, column) => (isWords(column) ? '---' : '---:'))),
    ...rest.map(line),
  ].join('\n')
}

export function describeRun({ environment, settings, remarks }: BenchmarkResult): readonly string[] {
  return [
    ...describeMachine(environment),
    `${settings.connections} connections, ${settings.seconds} s a step, ${settings.people} people`,
    ...remarks,
  ]
}

import { setTimeout as sleep } from 'node:timers/promises'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { runClosedLoop } from '../../bench/load/closed-loop.ts'
import { runOneByOne } from '../../bench/load/one-by-one.ts'
import { runOpenLoop } from '../../bench/load/open-loop.ts'
import { createRecorder } from '../../bench/load/recorder.ts'
import { parseProcessLine } from '../../bench/meters/process-tree-cpu.ts'
import { OptionsRefused, readOptions } from '../../bench/options.ts'
import { growthTable } from '../../bench/report/growth-table.ts'
import { describeRun, markdownTable, table } from '../../bench/report/table.ts'
import { withSection } from '../../bench/report/write-docs.ts'
import { findThroughput } from '../../bench/run/find-throughput.ts'
import { judge, median, variationOf } from '../../bench/run/verdict.ts'
import { aRun, aScenario, aStep } from './a-run.ts'

/** A server that answers at once, except that for half a second it answers nobody. */
function stallingServer() {
  const opened = performance.now()
  const [from, to] = [300, 800]
  return async () => {
    const now = performance.now() - opened
    if (now >= from && now < to) await sleep(to - now)
  }
}

test('percentiles are those of what was recorded, wrong answers among it', () => {
  const recorder = createRecorder()
  for (let milliseconds = 1; milliseconds <= 990; milliseconds += 1) recorder.right(milliseconds)
  for (let milliseconds = 991; milliseconds <= 1000; milliseconds += 1)
    recorder.wrong(milliseconds, new Error('refused'))
  const { latency, operations, errors, firstError, perSecond, histogram } = recorder.result(2)
  expect({ operations, errors, firstError, perSecond }).toEqual({
    operations: 990,
    errors: 10,
    firstError: 'refused',
    perSecond: 495,
  })
  // Three significant digits: within half a percent.
  expect(latency.p50 / 500).toBeCloseTo(1, 2)
  expect(latency.p99 / 990).toBeCloseTo(1, 2)
  expect(latency.p999 / 999).toBeCloseTo(1, 2)
  expect(latency.max / 1000).toBeCloseTo(1, 2)
  const again = decodeFromCompressedBase64(histogram)
  expect(again.totalCount).toBe(1000)
  expect(again.getValueAtPercentile(99) / 1000).toBe(latency.p99)
})

test('an open loop charges a stall to everybody who arrived meanwhile', async () => {
  const result = await runOpenLoop(stallingServer(), { rate: 200, seconds: 1 })
  expect(result.operations).toBe(200)
  expect(result.errors).toBe(0)
  // Half of all arrivals fell into the half second and waited for its end: 1 in 100 for nearly the whole of it.
  expect(result.latency.p99).toBeGreaterThan(450)
  expect(decodeFromCompressedBase64(result.histogram).getValueAtPercentile(75)).toBeGreaterThan(200_000)
})

test('a closed loop hides the same stall, which is why objectives are never read from one', async () => {
  const result = await runClosedLoop(stallingServer(), { connections: 1, seconds: 1 })
  expect(result.operations).toBeGreaterThan(200)
  expect(result.latency.max).toBeGreaterThan(450)
  expect(result.latency.p99).toBeLessThan(450)
})

test('whoever gets no answer counts as an error that waited until the end', async () => {
  const result = await runOpenLoop(() => new Promise(() => {}), {
    rate: 100,
    seconds: 0.2,
    graceSeconds: 0.3,
    maxUnanswered: 5,
  })
  expect(result.operations).toBe(0)
  expect(result.errors).toBe(20)
  expect(result.firstError).toBe('no answer came in time')
  expect(result.latency.p50).toBeGreaterThan(300)
})

test('one by one means never two at once', async () => {
  let running = 0
  let most = 0
  const result = await runOneByOne(async () => {
    running += 1
    most = Math.max(most, running)
    await sleep(1)
    running -= 1
  }, 7)
  expect([result.operations, most]).toEqual([7, 1])
})

test('throughput is the highest tried rate at which the objective holds without errors', async () => {
  const tried: number[] = []
  const found = await findThroughput(1000, 35, false, async (rate) => {
    tried.push(rate)
    const p99 = rate > 700 ? 80 : 20
    return aStep({ perSecond: rate, latency: { p50: 1, p99, p999: p99, max: p99 } })
  })
  expect(tried).toEqual([950, 850, 700])
  expect(found?.rate).toBe(700)
  const failing = await findThroughput(1000, 35, false, async () => aStep({ errors: 2 }))
  expect(failing).toBeUndefined()
})

test('counts are judged on any machine, times only when the floor held still', () => {
  const budget = { roundTrips: 2, ratio: 0.6, goal: 1600 }
  const measured = { roundTrips: 3, ratio: 0.7, perSecond: 900 }
  const verdicts = (noisy: boolean) =>
    Object.fromEntries(judge(budget, { ...measured, noisy }).map((one) => [one.of, one.verdict]))
  expect(verdicts(false)).toEqual({ 'round trips': 'missed', ratio: 'met', goal: 'missed' })
  expect(verdicts(true)).toEqual({ 'round trips': 'missed', ratio: 'noisy', goal: 'noisy' })
  expect(variationOf([100, 84])).toBeCloseTo(0.16)
  expect(variationOf([100])).toBe(0)
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0])
})

test('the CPU of a process is read past a name made to mislead', () => {
  const line = `4242 (post) R 1 (gres) S 77 4242 4242 0 -1 4194560 9 9 0 0 150 50 25 5 20 0 1 0 100 1 1`
  expect(parseProcessLine(line)).toEqual({ parent: 77, ticks: 230 })
  expect(parseProcessLine('nonsense')).toBeUndefined()
})

test('options are read, and a scenario that does not exist is refused by name', () => {
  const known = ['S1-opaque', 'S1-jwt', 'S19']
  expect(readOptions(['--only', 's1, S19', '--seconds', '2'], known)).toMatchObject({
    only: ['s1', 'S19'],
    seconds: 2,
    connections: 16,
  })
  expect(readOptions(['--quick'], known)).toMatchObject({ quick: true, seconds: 1 })
  expect(() => readOptions(['--only', 'S99'], known)).toThrow(OptionsRefused)
  expect(() => readOptions(['--seconds', '-1'], known)).toThrow(OptionsRefused)
  expect(() => readOptions(['--fast'], known)).toThrow(OptionsRefused)
})

test('every line of the table has every column, measured, skipped or a start', () => {
  const run = aRun([
    aScenario(),
    aScenario({ floor: undefined, ratio: undefined, generatorBound: true }),
    { status: 'skipped', id: 'S1-jwt', title: 'client credentials, JWT', reason: 'no service takes one' },
    {
      status: 'started',
      id: 'S19',
      title: 'cold start',
      operation: 'start',
      readyMs: [400, 500, 600],
      idleRssBytes: 140 * 2 ** 20,
      floor: { title: 'bare', readyMs: [250], idleRssBytes: 90 * 2 ** 20 },
      verdicts: [{ of: 'ready', budget: 1000, measured: 500, verdict: 'met' }],
    },
  ])
  const lines = markdownTable(run).split('\n')
  expect(lines).toHaveLength(6)
  expect(new Set(lines.map((line) => line.split(' | ').length)).size).toBe(1)
  expect(table(run)).toContain('generator at its limit')
  expect(table(run)).toContain('not measured: no service takes one')
  expect(describeRun(run).join('\n')).toContain('KEYCLOAK_HOME is not set')
  expect(JSON.parse(JSON.stringify(run))).toMatchObject({ version: 1, scenarios: [{ id: 'S2' }, {}, {}, {}] })
})

test('a run is written between its markers and nowhere else', () => {
  const page = `before\n<!-- newest run: written by npm run bench -->\nold\n<!-- end of newest run -->\nafter\n`
  const run = markdownTable(aRun())
  const written = withSection(page, 'newest run', run)
  expect(written.startsWith('before\n')).toBe(true)
  expect(written.endsWith('<!-- end of newest run -->\nafter\n')).toBe(true)
  expect(written).toContain('| S2 | refresh with rotation |')
  expect(written).not.toContain('old')
  expect(withSection(written, 'newest run', run)).toBe(written)
  expect(() => withSection('no place', 'newest run', run)).toThrow(/no place/)
  expect(() => withSection(page, 'growth', run)).toThrow(/no place/)
})

test('growth is told as how much dearer a hundred times the people are', () => {
  const points = [
    { people: 10_000, pageMs: 2, readMs: 0.5, redecideMs: 4 },
    { people: 1_000_000, pageMs: 3, readMs: 0.5, redecideMs: 5 },
  ]
  expect(growthTable(points).split('\n').slice(2)).toEqual([
    '| 10 000 | 2.00 | 500 000 | 0.50 | 4.00 |',
    '| 1 000 000 | 3.00 | 333 333 | 0.50 | 5.00 |',
    '| ×100 | ×1.50 | ×0.67 | ×1.00 | ×1.25 |',
  ])
})

import type { Latency } from '../../bench/load/recorder.ts'
import type { Step } from '../../bench/run/measure-step.ts'
import type { BenchmarkResult, MeasuredScenario } from '../../bench/run/result.ts'

/** A run as the bench would report it, changed as the test says. */

export const aStep = (change: Partial<Step> & { latency?: Latency } = {}): Step => ({
  operations: 1000,
  errors: 0,
  firstError: undefined,
  perSecond: 1000,
  latency: { p50: 2, p99: 9, p999: 20, max: 30 },
  cpu: { app: 400, postgres: 90, generator: 120 },
  walBytes: 700,
  writes: 0.25,
  rssBytes: 150 * 2 ** 20,
  generatorShare: 0.2,
  histogram: '',
  ...change,
})

export const aScenario = (change: Partial<MeasuredScenario> = {}): MeasuredScenario => ({
  status: 'measured',
  id: 'S2',
  title: 'refresh with rotation',
  operation: 'one refresh',
  objectiveMs: 35,
  house: {
    rounds: [1000, 1020],
    perSecond: 1010,
    saturated: aStep(),
    atObjective: { rate: 850, step: aStep({ perSecond: 850 }) },
    atHalf: aStep({ perSecond: 425 }),
    counts: { roundTrips: 2, statements: 2 },
  },
  floor: {
    title: 'in memory',
    rounds: [1500, 1480],
    perSecond: 1490,
    variation: 0.013,
    cpu: { app: 300, postgres: 0, generator: 100 },
  },
  ratio: 0.68,
  cpuRatio: 1.6,
  noisy: false,
  generatorBound: false,
  verdicts: [{ of: 'round trips', budget: 2, measured: 2, verdict: 'met' }],
  ...change,
})

export const aRun = (scenarios: BenchmarkResult['scenarios'] = [aScenario()]): BenchmarkResult => ({
  version: 1,
  environment: {
    date: '2026-11-22T12:00:00.000Z',
    node: 'v24.21.0',
    postgres: '18.4',
    system: 'linux',
    cores: 2,
    processor: 'Example',
    memoryGiB: 24,
    loadAverage: 0.1,
    revision: 'abc1234',
  },
  settings: { seconds: 4, connections: 16, people: 1000, quick: false, only: [], postgres: { fsync: 'on' } },
  scenarios,
  remarks: ['KEYCLOAK_HOME is not set: no comparison with Keycloak was run.'],
})

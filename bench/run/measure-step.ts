import type { LoadPlan } from '../load/load.ts'
import type { Latency } from '../load/recorder.ts'
import type { Side } from '../process/orders.ts'
import type { SideOfScenario } from '../scenarios/scenario.ts'
import { type Bench, type CpuPerOperation, readMeters } from './meters.ts'

/** One run of one side under one load, per operation. */
export interface Step {
  readonly operations: number
  readonly errors: number
  readonly firstError: string | undefined
  readonly perSecond: number
  /** Milliseconds of one run, which may hold several operations; see the scenario. */
  readonly latency: Latency
  readonly cpu: CpuPerOperation
  readonly walBytes: number
  /** Transactions that wrote; below one where many share a commit. */
  readonly writes: number
  readonly rssBytes: number
  /** Share of one core that the generator took: near 1 it measures itself. */
  readonly generatorShare: number
  readonly histogram: string
}

export interface MeasuredSide {
  readonly side: Side
  readonly declared: SideOfScenario
  readonly perOperation: number
}

export const siteOf = (bench: Bench, { side, declared }: MeasuredSide) => {
  if (declared.where === 'client') return bench.generator
  const site = side === 'house' ? bench.house : bench.floor
  if (site === undefined) throw new Error('the house is not there')
  return site
}

/** Runs a load that was prepared and reads every meter before and after it. */
export async function measureStep(bench: Bench, measured: MeasuredSide, plan: LoadPlan): Promise<Step> {
  const site = siteOf(bench, measured)
  const before = await readMeters(bench)
  const result = await site.ask('load', { side: measured.side, plan })
  const after = await readMeters(bench)
  const done = result.operations * measured.perOperation
  const per = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined || done === 0 ? undefined : (to - from) / done
  const byClient = measured.declared.where === 'client'
  const own = measured.side === 'house' ? 'house' : 'floor'
  const generator = after.generator.cpuMicroseconds - before.generator.cpuMicroseconds
  return {
    operations: done,
    errors: result.errors,
    firstError: result.firstError,
    perSecond: result.perSecond * measured.perOperation,
    latency: result.latency,
    cpu: {
      app: per(before[own]?.cpuMicroseconds, after[own]?.cpuMicroseconds),
      postgres: per(before.postgres.cpuMicroseconds, after.postgres.cpuMicroseconds),
      generator: byClient ? per(0, generator) : undefined,
    },
    walBytes: per(before.postgres.walBytes, after.postgres.walBytes) ?? 0,
    writes: per(before.postgres.writes, after.postgres.writes) ?? 0,
    rssBytes: after[own]?.rssBytes ?? 0,
    generatorShare: byClient && result.seconds > 0 ? generator / (result.seconds * 1_000_000) : 0,
    histogram: result.histogram,
  }
}

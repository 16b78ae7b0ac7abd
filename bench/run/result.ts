import type { RoundTripCount } from '../meters/round-trips.ts'
import type { Environment } from '../report/environment.ts'
import type { Step } from './measure-step.ts'
import type { CpuPerOperation } from './meters.ts'
import type { Verdict } from './verdict.ts'

export interface FloorResult {
  readonly title: string
  readonly rounds: readonly number[]
  readonly perSecond: number
  /** How far apart its rounds were, as a share of the faster one. */
  readonly variation: number
  readonly cpu: CpuPerOperation
}

export interface HouseResult {
  readonly rounds: readonly number[]
  readonly perSecond: number
  readonly saturated: Step
  /** The highest constant rate that met the objective. */
  readonly atObjective: { readonly rate: number; readonly step: Step } | undefined
  /** At half of that rate (or of the maximum where none met it). */
  readonly atHalf: Step
  /** Per operation, counted one by one. */
  readonly counts: RoundTripCount
}

export interface MeasuredScenario {
  readonly status: 'measured'
  readonly id: string
  readonly title: string
  readonly operation: string
  readonly objectiveMs: number
  readonly house: HouseResult
  readonly floor: FloorResult | undefined
  /** House to floor, median of the paired rounds. */
  readonly ratio: number | undefined
  /** CPU of app and PostgreSQL per operation, house to floor. */
  readonly cpuRatio: number | undefined
  /** The floor itself did not hold still: ratios of this scenario mean nothing. */
  readonly noisy: boolean
  /** The generator had no core to spare: the house could do more than was asked of it. */
  readonly generatorBound: boolean
  readonly verdicts: readonly Verdict[]
}

export interface StartResult {
  readonly status: 'started'
  readonly id: string
  readonly title: string
  readonly operation: string
  /** Milliseconds from starting the process to its first 200, fastest to slowest. */
  readonly readyMs: readonly number[]
  readonly idleRssBytes: number
  readonly floor: {
    readonly title: string
    readonly readyMs: readonly number[]
    readonly idleRssBytes: number
  }
  readonly verdicts: readonly Verdict[]
}

/** This build or machine cannot run it. */
export interface SkippedScenario {
  readonly status: 'skipped'
  readonly id: string
  readonly title: string
  readonly reason: string
}

/** It should have run and did not. */
export interface FailedScenario extends Omit<SkippedScenario, 'status'> {
  readonly status: 'failed'
}

export type ScenarioResult = MeasuredScenario | StartResult | SkippedScenario | FailedScenario

export interface BenchmarkResult {
  readonly version: 1
  readonly environment: Environment
  readonly settings: {
    readonly seconds: number
    readonly connections: number
    readonly people: number
    readonly quick: boolean
    readonly only: readonly string[]
    readonly postgres: Readonly<Record<string, string>>
  }
  readonly scenarios: readonly ScenarioResult[]
  /** Things a reader must know before believing a number. */
  readonly remarks: readonly string[]
}

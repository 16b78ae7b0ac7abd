import type { RoundTripCount } from '../meters/round-trips.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Target } from '../target.ts'
import { findThroughput } from './find-throughput.ts'
import { type MeasuredSide, measureStep, type Step, siteOf } from './measure-step.ts'
import type { Bench } from './meters.ts'
import type { FloorResult, ScenarioResult } from './result.ts'
import { judge, maxFloorVariation, median, variationOf } from './verdict.ts'

export interface RunSettings {
  readonly seconds: number
  readonly connections: number
  readonly quick: boolean
}

const countedOperations = 21
/** From this share of a core on, the generator is what is measured. */
const generatorLimit = 0.9

/** Prepared, warmed and ready to be measured; answers why not when this build cannot run it. */
async function prepare(
  bench: Bench,
  measured: MeasuredSide,
  scenario: string,
  target: Target | undefined,
  settings: RunSettings,
): Promise<string | undefined> {
  const { side } = measured
  const site = siteOf(bench, measured)
  const { connections, seconds } = settings
  const { unavailable } = await site.ask('prepare', { scenario, side, target, connections })
  if (unavailable !== undefined) return unavailable
  const plan = { kind: 'closed', connections, seconds: Math.max(1, seconds / 2) } as const
  const warm = await site.ask('load', { side, plan })
  if (warm.operations === 0)
    throw new Error(`${side}: nothing succeeded while warming up: ${warm.firstError}`)
  return undefined
}

/**
 * Counts each of some operations by itself and takes the median: a poll of the registry, or a session touched once an
 * hour, falls into one of them now and then and is not part of any.
 */
async function count(bench: Bench, house: MeasuredSide): Promise<RoundTripCount> {
  const counts: RoundTripCount[] = []
  const once = { side: 'house', plan: { kind: 'one-by-one', operations: 1 } } as const
  for (let turn = 0; turn < countedOperations; turn += 1) {
    await bench.house?.ask('startCounting', null)
    const { errors, firstError } = await siteOf(bench, house).ask('load', once)
    const counted = await bench.house?.ask('stopCounting', null)
    if (errors > 0 || counted === undefined) throw new Error(`nothing could be counted: ${firstError}`)
    counts.push(counted)
  }
  return {
    roundTrips: median(counts.map((one) => one.roundTrips)),
    statements: median(counts.map((one) => one.statements)) / house.perOperation,
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const ownCpu = ({ cpu }: Pick<Step, 'cpu'>) => (cpu.app ?? 0) + (cpu.postgres ?? 0)

/**
 * House and floor by turns, A B B A, so that whatever drifts on the machine drifts for both; then the house alone at
 * constant rates. Preparation and warm-up come before anything that is reported.
 */
export async function runScenario(
  bench: Bench,
  scenario: Scenario,
  targets: { readonly house: Target | undefined; readonly floor: Target },
  settings: RunSettings,
): Promise<ScenarioResult> {
  const { id, title, operation, objectiveMs } = scenario
  const house: MeasuredSide = {
    side: 'house',
    declared: scenario.house,
    perOperation: scenario.perOperation ?? 1,
  }
  const floor: MeasuredSide | undefined = scenario.floor && {
    side: 'floor',
    declared: scenario.floor,
    perOperation: scenario.floor.perOperation ?? 1,
  }
  const closed = { kind: 'closed', connections: settings.connections, seconds: settings.seconds } as const
  const houseRounds: Step[] = []
  const floorRounds: Step[] = []

  await bench.postgres.settle()
  try {
    const unavailable = await prepare(bench, house, id, targets.house, settings)
    if (unavailable !== undefined) return { status: 'skipped', id, title, reason: unavailable }
    if (floor !== undefined) await prepare(bench, floor, id, targets.floor, settings)
    const counts = await count(bench, house)

    const measureHouse = async () => houseRounds.push(await measureStep(bench, house, closed))
    const measureFloor = async () => floor && floorRounds.push(await measureStep(bench, floor, closed))
    await measureHouse()
    await measureFloor()
    await measureFloor()
    await measureHouse()
    const saturated = houseRounds.at(-1)
    if (saturated === undefined) throw new Error('no round was run')
    const perSecond = mean(houseRounds.map((round) => round.perSecond))
    const atRate = (rate: number) =>
      measureStep(bench, house, { kind: 'open', rate: rate / house.perOperation, seconds: settings.seconds })
    const atObjective = await findThroughput(perSecond, objectiveMs, settings.quick, atRate)
    const atHalf = await atRate((atObjective?.rate ?? perSecond) / 2)

    const ratio =
      floorRounds.length === 0
        ? undefined
        : median(houseRounds.map((round, at) => round.perSecond / (floorRounds[at]?.perSecond ?? Number.NaN)))
    const variation = variationOf(floorRounds.map((round) => round.perSecond))
    const noisy = variation > maxFloorVariation
    const floorStep = floorRounds.at(-1)
    const floorResult: FloorResult | undefined = floorStep &&
      scenario.floor && {
        title: scenario.floor.title,
        rounds: floorRounds.map((round) => round.perSecond),
        perSecond: mean(floorRounds.map((round) => round.perSecond)),
        variation,
        cpu: floorStep.cpu,
      }
    return {
      status: 'measured',
      id,
      title,
      operation,
      objectiveMs,
      house: {
        rounds: houseRounds.map((round) => round.perSecond),
        perSecond,
        saturated,
        atObjective,
        atHalf,
        counts,
      },
      floor: floorResult,
      ratio,
      cpuRatio: floorStep && ownCpu(floorStep) > 0 ? ownCpu(saturated) / ownCpu(floorStep) : undefined,
      noisy,
      generatorBound: saturated.generatorShare > generatorLimit,
      verdicts: judge(scenario.budget, { roundTrips: counts.roundTrips, ratio, perSecond, noisy }),
    }
  } finally {
    for (const site of [bench.house, bench.floor, bench.generator])
      await site?.ask('release', null).catch(() => {})
  }
}

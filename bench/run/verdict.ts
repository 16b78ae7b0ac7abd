import type { Budget } from '../scenarios/scenario.ts'

export interface Verdict {
  readonly of: 'round trips' | 'ratio' | 'goal' | 'ready' | 'memory'
  readonly budget: number
  readonly measured: number
  /** `noisy` is not a pass: nothing can be said. */
  readonly verdict: 'met' | 'missed' | 'noisy'
}

/** Two runs of the floor that differ by more say that the machine was busy with something else. */
export const maxFloorVariation = 0.15

export const variationOf = (rounds: readonly number[]): number => {
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)]
  return rounds.length < 2 || most === 0 ? 0 : (most - least) / most
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return below === undefined || above === undefined ? 0 : (below + above) / 2
}

export function judge(
  budget: Budget,
  measured: {
    readonly roundTrips: number
    readonly ratio: number | undefined
    readonly perSecond: number
    readonly noisy: boolean
  },
): readonly Verdict[] {
  const verdicts: Verdict[] = []
  const timed = (met: boolean) => (measured.noisy ? 'noisy' : met ? 'met' : 'missed')
  if (budget.roundTrips !== undefined) {
    const met = measured.roundTrips <= budget.roundTrips
    verdicts.push({
      of: 'round trips',
      budget: budget.roundTrips,
      measured: measured.roundTrips,
      verdict: met ? 'met' : 'missed',
    })
  }
  if (budget.ratio !== undefined && measured.ratio !== undefined) {
    const verdict = timed(measured.ratio >= budget.ratio)
    verdicts.push({ of: 'ratio', budget: budget.ratio, measured: measured.ratio, verdict })
  }
  if (budget.goal !== undefined) {
    const verdict = timed(measured.perSecond >= budget.goal)
    verdicts.push({ of: 'goal', budget: budget.goal, measured: measured.perSecond, verdict })
  }
  return verdicts
}

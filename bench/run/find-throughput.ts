import type { Step } from './measure-step.ts'

/** Shares of the maximum that are tried, from above. */
const shares = [0.95, 0.85, 0.7, 0.55, 0.4]
const quickShares = [0.85, 0.55]
const maxErrorShare = 0.001

/** True when the load was borne: hardly an error, and 99 of 100 within the objective. */
const bears = (step: Step, objectiveMs: number): boolean =>
  step.operations > 0 &&
  step.errors / (step.operations + step.errors) < maxErrorShare &&
  step.latency.p99 <= objectiveMs

/** The highest of a few constant rates at which the objective holds; undefined when none does. */
export async function findThroughput(
  maximum: number,
  objectiveMs: number,
  quick: boolean,
  run: (perSecond: number) => Promise<Step>,
): Promise<{ readonly rate: number; readonly step: Step } | undefined> {
  for (const share of quick ? quickShares : shares) {
    const rate = maximum * share
    const step = await run(rate)
    if (bears(step, objectiveMs)) return { rate, step }
  }
  return undefined
}

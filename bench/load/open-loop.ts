import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadResult, Operate } from './load.ts'
import { createRecorder } from './recorder.ts'

export interface OpenLoopPlan {
  /** Arrivals a second. */
  readonly rate: number
  readonly seconds: number
  /** How long after the last arrival answers are waited for. */
  readonly graceSeconds?: number
  /** Arrivals beyond so many unanswered ones are turned away and count as errors, to bound memory. */
  readonly maxUnanswered?: number
}

const unanswered = new Error('no answer came in time')

/**
 * Arrivals at a constant rate, each timed from the moment it was due and not from the moment it could be sent. A server
 * that stalls is charged for everybody who came meanwhile; a generator that waited for it would send fewer requests in
 * just that moment and report one slow answer (coordinated omission). Whoever gets no answer at all counts as an error
 * that has waited until the end.
 */
export async function runOpenLoop(operate: Operate, plan: OpenLoopPlan): Promise<LoadResult> {
  const recorder = createRecorder()
  const maxUnanswered = plan.maxUnanswered ?? 20_000
  const arrivals = Math.max(1, Math.floor(plan.rate * plan.seconds))
  const intervalMs = 1000 / plan.rate
  const waiting = new Set<number>()
  const started = performance.now()
  let arrived = 0

  const arrive = (number: number) => {
    const due = started + number * intervalMs
    waiting.add(number)
    // Turned away: it stays among the waiting, and is charged with the whole time at the end.
    if (waiting.size > maxUnanswered) return
    operate().then(
      () => waiting.delete(number) && recorder.right(performance.now() - due),
      (error: unknown) => waiting.delete(number) && recorder.wrong(performance.now() - due, error),
    )
  }

  while (arrived < arrivals) {
    const dueByNow = Math.min(arrivals, Math.floor((performance.now() - started) / intervalMs) + 1)
    while (arrived < dueByNow) {
      arrive(arrived)
      arrived += 1
    }
    await sleep(1)
  }
  const lastMoment = performance.now() + (plan.graceSeconds ?? 10) * 1000
  while (waiting.size > 0 && performance.now() < lastMoment) await sleep(2)
  const ended = performance.now()
  for (const number of waiting) recorder.wrong(ended - (started + number * intervalMs), unanswered)
  waiting.clear()
  return recorder.result(Math.max(plan.seconds, (ended - started) / 1000))
}

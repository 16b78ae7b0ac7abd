import { runClosedLoop } from './closed-loop.ts'
import { runOneByOne } from './one-by-one.ts'
import { runOpenLoop } from './open-loop.ts'
import type { Latency } from './recorder.ts'

/** One run of the thing measured. Throws when the answer was not the right one. */
export type Operate = () => Promise<void>

export type LoadPlan =
  /** As fast as answers come back over so many connections: shows the maximum, and hides slow answers. */
  | { readonly kind: 'closed'; readonly connections: number; readonly seconds: number }
  /** At a constant rate whatever comes back: shows what somebody who arrives then has to wait. */
  | { readonly kind: 'open'; readonly rate: number; readonly seconds: number }
  /** One after the other: for counts, which must not depend on who else was there. */
  | { readonly kind: 'one-by-one'; readonly operations: number }

export interface LoadResult {
  /** Right answers. */
  readonly operations: number
  readonly errors: number
  readonly firstError: string | undefined
  readonly seconds: number
  /** Right answers a second. */
  readonly perSecond: number
  readonly latency: Latency
  /** HdrHistogram of microseconds, compressed, in base64: readable by any HdrHistogram library. */
  readonly histogram: string
}

export function runLoad(operate: Operate, plan: LoadPlan): Promise<LoadResult> {
  if (plan.kind === 'closed') return runClosedLoop(operate, plan)
  if (plan.kind === 'open') return runOpenLoop(operate, plan)
  return runOneByOne(operate, plan.operations)
}

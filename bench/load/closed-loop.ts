import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadResult, Operate } from './load.ts'
import { createRecorder } from './recorder.ts'

/** A server that refuses at once must not be asked a hundred thousand times a second. */
const pauseAfterErrorMs = 2

export async function runClosedLoop(
  operate: Operate,
  plan: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  const recorder = createRecorder()
  const started = performance.now()
  const deadline = started + plan.seconds * 1000

  const customer = async () => {
    for (let from = performance.now(); from < deadline; from = performance.now()) {
      try {
        await operate()
        recorder.right(performance.now() - from)
      } catch (error) {
        recorder.wrong(performance.now() - from, error)
        await sleep(pauseAfterErrorMs)
      }
    }
  }
  await Promise.all(Array.from({ length: plan.connections }, customer))
  return recorder.result((performance.now() - started) / 1000)
}

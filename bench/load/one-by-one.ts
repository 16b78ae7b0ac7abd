import type { LoadResult, Operate } from './load.ts'
import { createRecorder } from './recorder.ts'

export async function runOneByOne(operate: Operate, operations: number): Promise<LoadResult> {
  const recorder = createRecorder()
  const started = performance.now()
  for (let done = 0; done < operations; done += 1) {
    const from = performance.now()
    try {
      await operate()
      recorder.right(performance.now() - from)
    } catch (error) {
      recorder.wrong(performance.now() - from, error)
    }
  }
  return recorder.result((performance.now() - started) / 1000)
}

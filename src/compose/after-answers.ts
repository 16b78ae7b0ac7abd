import { setImmediate } from 'node:timers/promises'
import type { Log } from '../platform/log/index.ts'

/**
 * Work that waits until the answer has left, so that neither doing it nor leaving it out can be timed (R63). What fails
 * is logged; closing the house waits for what was begun.
 */
export function afterAnswers(log: Log) {
  const running = new Set<Promise<void>>()
  return {
    later: (task: () => Promise<void>): void => {
      const run = setImmediate()
        .then(task)
        .catch((error) => log.error('later.failed', {}, error))
        .finally(() => running.delete(run))
      running.add(run)
    },
    drain: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

import { type Operate, runLoad } from '../load/load.ts'
import type { Handlers, Orders, Side } from './orders.ts'

export interface Prepared {
  readonly operate: Operate
  close?(): Promise<void>
}

/** Thrown by a preparation when this machine or build cannot run the scenario at all; not a failure of what is measured. */
export class Unavailable extends Error {}

/**
 * The orders every process of the bench obeys: get ready for a side of a scenario, run it under load, and say what it
 * cost. Both sides stay ready at once, so that they can be run by turns.
 */
export function loadSite(prepare: (takes: Orders['prepare']['takes']) => Promise<Prepared>): Handlers & {
  close(): Promise<void>
} {
  const prepared = new Map<Side, Prepared>()
  const release = async () => {
    for (const [side, one] of prepared) {
      prepared.delete(side)
      await one.close?.()
    }
    return null
  }
  return {
    async prepare(takes) {
      try {
        prepared.set(takes.side, await prepare(takes))
        return { unavailable: undefined }
      } catch (error) {
        if (error instanceof Unavailable) return { unavailable: error.message }
        throw error
      }
    },
    async load({ side, plan }) {
      const one = prepared.get(side)
      if (one === undefined) throw new Error(`the ${side} is not prepared`)
      return runLoad(one.operate, plan)
    },
    release,
    usage: async () => {
      const { user, system } = process.cpuUsage()
      return { cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() }
    },
    close: async () => {
      await release()
    },
  }
}

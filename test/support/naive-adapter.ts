import { setTimeout as pause } from 'node:timers/promises'
import type { Adapter, AdapterPayload } from 'oidc-provider'

/**
 * The negative control of every single-use test: find and consume without a condition, with the pause that a database
 * would take. It is what the engine's documentation suggests, and it lets almost everybody through.
 */
export function createNaiveAdapter(delayMs = 5): (model: string) => Adapter {
  const rows = new Map<string, AdapterPayload>()
  return (model) => {
    const key = (id: string) => `${model}:${id}`
    const findBy = async (match: (row: AdapterPayload) => boolean) => {
      await pause(delayMs)
      return structuredClone(
        [...rows.entries()].find(([k, row]) => k.startsWith(`${model}:`) && match(row))?.[1],
      )
    }
    return {
      find: async (id) => {
        await pause(delayMs)
        return structuredClone(rows.get(key(id)))
      },
      findByUid: (uid) => findBy((row) => row.uid === uid),
      findByUserCode: (userCode) => findBy((row) => row.userCode === userCode),
      upsert: async (id, payload) => {
        await pause(delayMs)
        rows.set(key(id), structuredClone(payload))
      },
      consume: async (id) => {
        await pause(delayMs)
        const row = rows.get(key(id))
        if (row !== undefined) row.consumed = true
      },
      destroy: async (id) => {
        await pause(delayMs)
        rows.delete(key(id))
      },
      revokeByGrantId: async (grantId) => {
        await pause(delayMs)
        for (const [k, row] of rows) if (k.startsWith(`${model}:`) && row.grantId === grantId) rows.delete(k)
      },
    }
  }
}

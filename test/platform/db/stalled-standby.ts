import pg from 'pg'
import { expect } from 'vitest'
import type { DatabaseCoordinates } from '../../support/postgres.ts'

/** A synchronous standby that can be made to stall, and what an operator sees and does meanwhile. */
export function standbyOf(owner: DatabaseCoordinates) {
  const ask = async (sql: string) => {
    const client = new pg.Client({ ...owner })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  const name = async (names: string) => {
    await ask(`alter system set synchronous_standby_names = '${names}'`)
    await ask('select pg_reload_conf()')
    await expect
      .poll(() => ask('show synchronous_standby_names'))
      .toEqual([{ synchronous_standby_names: names }])
  }
  const waiting = () => ask("select pid from pg_stat_activity where wait_event = 'SyncRep'")
  return {
    waiting,
    /** Nobody of that name ever answers. */
    stalls: () => name('nobody'),
    answers: async () => {
      await name('')
      await expect.poll(waiting).toEqual([])
    },
    /** Ends the waits, upon which PostgreSQL reports success with a warning; answers how many there were. */
    cancelWaits: async () =>
      (await ask("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'")).length,
  }
}

import type { Knex } from 'knex'
import type { SignInFailureStore } from './sign-in-failure-store.ts'

/*
 * The second half only serves the wait that is shown: it may see the row as it was when the statement began, and then
 * the shortest wait is told. Whether a try is allowed is decided by the first half alone, under the row's lock.
 */
const beginSql = `
  with tried as (
    insert into sign_in_failures as kept (account_index, failures, last_failed_at)
    values (:account, 1, :now)
    on conflict (account_index) do update
       set failures = least(kept.failures + 1, :cap),
           last_failed_at = excluded.last_failed_at,
           locked_until = case
             when (cast(:locks as double precision[]))[least(kept.failures + 1, :cap)] > 0
             then cast(:now as timestamptz)
                  + make_interval(secs => (cast(:locks as double precision[]))[least(kept.failures + 1, :cap)])
             else null end
     where kept.locked_until is null or kept.locked_until <= :now
    returning failures
  )
  select true as allowed, failures, cast(null as timestamptz) as locked_until from tried
  union all
  select false, failures, locked_until from sign_in_failures
   where account_index = :account and not exists (select from tried)`

const shortestWait = 60

export const pgSignInFailureStore = (db: Knex): SignInFailureStore => ({
  beginTry: async (accountIndex, now, locks) => {
    const { rows } = await db.raw<{
      rows: { allowed: boolean; failures: number; locked_until: Date | null }[]
    }>(beginSql, {
      account: Buffer.from(accountIndex),
      now,
      cap: locks.length - 1,
      // Arrays of PostgreSQL begin at one; the lock of "no failure" is left out.
      locks: locks.slice(1),
    })
    const [row] = rows
    if (row?.allowed === true) return { allowed: true, failures: row.failures }
    const until = row?.locked_until?.getTime() ?? 0
    return {
      allowed: false,
      retryAfterSeconds: Math.max(shortestWait, Math.ceil((until - now.getTime()) / 1000)),
    }
  },
  clear: async (accountIndexes) => {
    await db('sign_in_failures')
      .whereIn(
        'account_index',
        accountIndexes.map((index) => Buffer.from(index)),
      )
      .delete()
  },
})

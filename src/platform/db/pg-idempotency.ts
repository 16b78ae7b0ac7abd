import type { IdempotencyStore } from '../web/idempotency.ts'
import type { PipelinedReader } from './pipelined-reader.ts'

const claimSql = `
  insert into idempotency_keys as k (caller, key_hash, request_hash, created_at)
  values ($1, $2, $3, now())
  on conflict (caller, key_hash) do update set created_at = now(), request_hash = excluded.request_hash
    where k.completed_at is null and k.created_at < now() - interval '2 minutes'
  returning true`

/**
 * Built on single statements, each atomic. A key left claimed by a process that died is free again after two minutes; a
 * completed one keeps its answer, as the text that was sent, because jsonb would put its members in another order.
 */
export function pgIdempotency(db: PipelinedReader): IdempotencyStore {
  return {
    claim: async (caller, keyHash, requestHash) => {
      const fresh = await db.rows({ name: 'idempotency-claim', text: claimSql }, [
        caller,
        keyHash,
        requestHash,
      ])
      if (fresh.length === 1) return { state: 'fresh' }
      const [row] = await db.rows(
        {
          name: 'idempotency-find',
          text: 'select request_hash = $3, status, answer, completed_at is not null from idempotency_keys where caller = $1 and key_hash = $2',
        },
        [caller, keyHash, requestHash],
      )
      if (row === undefined) return { state: 'running' }
      const [sameRequest, status, answer, completed] = row
      if (sameRequest !== true) return { state: 'other-request' }
      return completed === true
        ? { state: 'done', status: Number(status), body: JSON.parse(String(answer)) }
        : { state: 'running' }
    },
    complete: async (caller, keyHash, status, body) => {
      await db.rows(
        {
          name: 'idempotency-complete',
          text: 'update idempotency_keys set status = $3, answer = $4, completed_at = now() where caller = $1 and key_hash = $2',
        },
        [caller, keyHash, status, JSON.stringify(body)],
      )
    },
    release: async (caller, keyHash) => {
      await db.rows(
        {
          name: 'idempotency-release',
          text: 'delete from idempotency_keys where caller = $1 and key_hash = $2 and completed_at is null',
        },
        [caller, keyHash],
      )
    },
  }
}

/** Kept answers older than two days: a retry that late is another request. */
const sweepSql = "delete from idempotency_keys where created_at < now() - interval '48 hours'"

export async function sweepIdempotency(db: PipelinedReader): Promise<void> {
  await db.rows({ name: 'idempotency-sweep', text: sweepSql }, [])
}

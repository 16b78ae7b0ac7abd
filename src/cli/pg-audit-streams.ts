import type { Knex } from 'knex'
import { verifyChain } from '../features/audit/index.ts'
import { nilUuid } from '../kernel/ids.ts'

export interface AuditVerification {
  readonly streams: number
  readonly entries: number
  readonly broken: readonly { readonly stream: string; readonly brokenAt: number; readonly why: string }[]
}

interface Head {
  readonly stream_id: string
  readonly seq: string | null
  readonly head: Buffer | null
}

const atATime = 500

/** Streams of either table: entries whose head was taken away must show as much as a head whose entries were. */
const streamsSql = `
  select s.stream_id, h.seq, h.head
  from (
    (select stream_id from audit_streams where stream_id > ? order by stream_id limit ${atATime})
    union
    (select distinct stream_id from audit_entries where stream_id > ? order by stream_id limit ${atATime})
  ) s left join audit_streams h using (stream_id)
  order by s.stream_id limit ${atATime}`

/**
 * Walks the whole trail with read access only and no key (R100), in one snapshot, so that what is written meanwhile
 * cannot look like a break.
 */
export function verifyEveryStream(knex: Knex): Promise<AuditVerification> {
  return knex.transaction(
    async (trx) => {
      await trx.raw('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
      const broken: { stream: string; brokenAt: number; why: string }[] = []
      let streams = 0
      let entries = 0
      for (let after: string = nilUuid; ; ) {
        const { rows }: { rows: readonly Head[] } = await trx.raw(streamsSql, [after, after])
        for (const { stream_id: stream, seq, head } of rows) {
          const { rows: lines } = await trx.raw(
            'select seq, entry, hash from audit_entries where stream_id = ? order by seq',
            [stream],
          )
          const kept = lines.map((line: { seq: string; entry: string; hash: Buffer }) => ({
            ...line,
            seq: Number(line.seq),
          }))
          const verdict = verifyChain(kept, { seq: Number(seq ?? 0), hash: head ?? Buffer.alloc(0) })
          if (!verdict.intact) broken.push({ stream, brokenAt: verdict.brokenAt, why: verdict.why })
          streams += 1
          entries += kept.length
        }
        const last = rows.at(-1)
        if (last === undefined) return { streams, entries, broken }
        after = last.stream_id
      }
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  )
}

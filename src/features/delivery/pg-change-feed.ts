import { nilUuid, type SubjectId } from '../../kernel/ids.ts'
import type { PipelinedReader } from '../../platform/db/pipelined-reader.ts'
import type { ChangeFeed } from './change-feed.ts'

const now = {
  name: 'changes-now',
  text: 'select pg_snapshot_xmin(pg_current_snapshot())::text',
}
/* The bound comes from the statement's own snapshot: what it cannot see yet, nothing after it has seen either. */
const since = {
  name: 'changes-since',
  text: `select e.subject_id, e.committed_in::text, e.subject_version
           from outbox_events e
          where e.type in ('consent.recorded', 'consent.permissions-changed')
            and (e.committed_in, e.subject_id, e.subject_version) > ($1::xid8, $2::uuid, $3::bigint)
            and e.committed_in < pg_snapshot_xmin(pg_current_snapshot())
          order by e.committed_in, e.subject_id, e.subject_version limit $4`,
}
const isKnown = {
  name: 'changes-known',
  text: 'select $1::xid8 <= pg_snapshot_xmax(pg_current_snapshot())',
}

export const pgChangeFeed = (reader: PipelinedReader): ChangeFeed => ({
  now: async () => {
    const [row] = await reader.rows(now, [])
    return { transaction: String(row?.[0] ?? '0'), subjectId: nilUuid, version: 0 }
  },
  since: async ({ transaction, subjectId, version }, limit) => {
    const [known] = await reader.rows(isKnown, [transaction])
    if (known?.[0] !== true) return undefined
    const rows = await reader.rows(since, [transaction, subjectId, version, limit])
    return rows.map((row) => {
      const [subject, committedIn, subjectVersion] = row as readonly [SubjectId, string, string]
      return {
        subjectId: subject,
        position: { transaction: committedIn, subjectId: subject, version: Number(subjectVersion) },
      }
    })
  },
})

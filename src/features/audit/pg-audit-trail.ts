import canonicalize from 'canonicalize'
import type { Knex } from 'knex'
import { actorRef } from '../../kernel/actor.ts'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import { type ChainVerdict, verifyChain } from './chain.ts'
import { streamOf } from './stream.ts'

/** RFC 8785 text of an entry: one spelling, so that its hash can be computed again by anybody. */
export function canonicalEntry(entry: AuditEntry): string {
  const { evidence } = entry
  return (
    canonicalize({
      action: entry.action,
      actor: actorRef(entry.actor),
      at: entry.at.toISOString(),
      about: entry.about,
      reason: entry.reason,
      channel: evidence?.channel,
      surface: evidence?.surface,
      touchpoint: evidence?.touchpoint,
      client: evidence?.clientId,
      request: evidence?.requestId,
      facts: entry.facts,
    }) ?? ''
  )
}

/** One statement both moves the stream's head and appends the line, so numbering has no gap and no second round trip. */
export const appendSql = `
  with head as (
    insert into audit_streams as s (stream_id, seq, head)
    values (?, 1, sha256(convert_to(?, 'UTF8')))
    on conflict (stream_id) do update set seq = s.seq + 1, head = sha256(s.head || convert_to(?, 'UTF8'))
    returning stream_id, seq, head
  )
  insert into audit_entries (stream_id, seq, entry, hash) select stream_id, seq, ?, head from head`

/** Appends in a fixed order of streams, so that two units touching the same ones cannot deadlock. */
export async function appendAuditEntries(db: Knex, entries: readonly AuditEntry[]): Promise<void> {
  const lines = entries.map((entry) => ({ stream: streamOf(entry), text: canonicalEntry(entry) }))
  lines.sort((a, b) => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0))
  for (const { stream, text } of lines) await db.raw(appendSql, [stream, text, text, text])
}

export interface AuditLine {
  readonly seq: number
  readonly entry: Readonly<Record<string, unknown>>
}

/** A whole stream with the verdict on its chain. */
export async function readAuditStream(
  db: Knex,
  stream: string,
): Promise<{ readonly lines: readonly AuditLine[]; readonly verdict: ChainVerdict }> {
  const { rows } = await db.raw(
    'select seq, entry, hash from audit_entries where stream_id = ? order by seq',
    [stream],
  )
  const { rows: heads } = await db.raw('select seq, head from audit_streams where stream_id = ?', [stream])
  const kept = rows.map((row: { seq: string; entry: string; hash: Buffer }) => ({
    ...row,
    seq: Number(row.seq),
  }))
  const head = heads[0] ?? { seq: 0, head: Buffer.alloc(0) }
  return {
    lines: kept.map((row: { seq: number; entry: string }) => ({
      seq: row.seq,
      entry: JSON.parse(row.entry),
    })),
    verdict: verifyChain(kept, { seq: Number(head.seq), hash: head.head }),
  }
}

import canonicalize from 'canonicalize'
import type { Knex } from 'knex'
import type pg from 'pg'
import { actorRef } from '../../kernel/actor.ts'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import { commitStatement } from '../../platform/db/commit-statement.ts'
import type { Statement } from '../../platform/db/pipelined-reader.ts'
import type { StatementPart } from '../../platform/db/shared-statement.ts'
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

/*
 * Moves the heads of the streams and appends the lines of a relation `lines(stream_id, line)`, one line a stream, in one
 * statement: numbering has no gap and costs no round trip of its own. Heads are taken in the order of their ids, so that
 * two statements about the same streams cannot deadlock.
 */
const appendMembers = `
  audit_heads as (
    insert into audit_streams as s (stream_id, seq, head)
    select stream_id, 1, sha256(convert_to(line, 'UTF8')) from lines order by stream_id
    on conflict (stream_id) do update
       set seq = s.seq + 1,
           head = sha256(s.head || convert_to((select line from lines where stream_id = excluded.stream_id), 'UTF8'))
    returning stream_id, seq, head
  ), audit_lines as (
    insert into audit_entries (stream_id, seq, entry, hash)
    select stream_id, seq, line, head from audit_heads join lines using (stream_id)
  )`

const appendText = (streams: string, lines: string) => `
  with lines as materialized (
    select * from unnest(cast(${streams} as uuid[]), cast(${lines} as text[])) as lines(stream_id, line)
  ), ${appendMembers}
  select count(*) from audit_heads`

/** Entries of different streams share a statement; those of one stream follow one another. */
async function append(
  entries: readonly AuditEntry[],
  run: (streams: readonly string[], lines: readonly string[]) => Promise<unknown>,
): Promise<void> {
  let waiting = entries.map((entry) => ({ stream: streamOf(entry), line: canonicalEntry(entry) }))
  while (waiting.length > 0) {
    const first = new Map<string, string>()
    const later: typeof waiting = []
    for (const one of waiting) {
      if (first.has(one.stream)) later.push(one)
      else first.set(one.stream, one.line)
    }
    await run([...first.keys()], [...first.values()])
    waiting = later
  }
}

/** In the transaction of the fact. */
export const appendAuditEntries = (trx: Knex, entries: readonly AuditEntry[]): Promise<void> =>
  append(entries, (streams, lines) => trx.raw(appendText('?', '?'), [[...streams], [...lines]]))

const appendAlone: Statement = { name: 'audit_append', text: appendText('$1', '$2') }

/** Of what happened without a transaction to share: each statement is durable by itself. */
export const commitAuditEntries = (pool: pg.Pool, entries: readonly AuditEntry[]): Promise<void> =>
  append(entries, (streams, lines) => commitStatement(pool, appendAlone, [streams, lines]))

/** An entry about a subject, in a statement that writes for many of them. */
export const auditPart: StatementPart<AuditEntry> = {
  columns: { audit_line: 'text' },
  valuesOf: (entry) => [canonicalEntry(entry)],
  members: `lines as materialized (
    select subject_id as stream_id, audit_line as line from given join kept using (subject_id)
  ), ${appendMembers}`,
}

export interface AuditLine {
  readonly seq: number
  /** The entry as it was recorded; only `unreadable` when somebody left there what is no entry. */
  readonly entry: Readonly<Record<string, unknown>>
}

/** One statement, so that head and lines are of one moment: an entry that arrives in between would look like a break. */
const streamSql = `
  select e.seq, e.entry, e.hash, s.seq as head_seq, s.head
  from (select * from audit_streams where stream_id = ?) s
  full join (select * from audit_entries where stream_id = ?) e on e.stream_id = s.stream_id
  order by e.seq`

interface StreamRow {
  readonly seq: string | null
  readonly entry: string
  readonly hash: Buffer
  readonly head_seq: string | null
  readonly head: Buffer | null
}

/** A whole stream with the verdict on its chain. */
export async function readAuditStream(
  db: Knex,
  stream: string,
): Promise<{ readonly lines: readonly AuditLine[]; readonly verdict: ChainVerdict }> {
  const { rows }: { rows: readonly StreamRow[] } = await db.raw(streamSql, [stream, stream])
  const kept = rows.filter(({ seq }) => seq !== null).map((row) => ({ ...row, seq: Number(row.seq) }))
  const head = { seq: Number(rows[0]?.head_seq ?? 0), hash: rows[0]?.head ?? new Uint8Array() }
  return {
    lines: kept.map(({ seq, entry }) => ({ seq, entry: parseEntry(entry) })),
    verdict: verifyChain(kept, head),
  }
}

function parseEntry(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text)
  } catch {
    return { unreadable: text }
  }
}

/** The newest lines of a stream, newest first: what a person is shown of their own. */
export async function recentAuditLines(
  db: Knex,
  stream: string,
  most: number,
): Promise<readonly AuditLine[]> {
  const { rows }: { rows: readonly Pick<StreamRow, 'seq' | 'entry'>[] } = await db.raw(
    'select seq, entry from audit_entries where stream_id = ? order by seq desc limit ?',
    [stream, most],
  )
  return rows.map(({ seq, entry }) => ({ seq: Number(seq), entry: parseEntry(entry) }))
}

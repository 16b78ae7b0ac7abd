import type { Knex } from 'knex'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import type { AppendTurn, ConsentLog, KeptCheckpoint, PlacedFact } from './consent-log.ts'
import { base64Url, fromBase64Url, type LogRow, rowHash } from './log-row.ts'
import type { Hash } from './merkle-tree.ts'
import { type EntriesOf, type Tile, tileWidth } from './tree-tiles.ts'

const hashLength = 32

export interface StoredRow {
  readonly seq: string
  readonly recorded_at: Date
  readonly type: string
  readonly notice_sha256: Buffer | null
  readonly commitment: Buffer
  readonly tag: Buffer
}

export const rowFrom = (name: string, stored: StoredRow): LogRow => ({
  v: 1,
  log: name,
  seq: Number(stored.seq),
  recorded_at: stored.recorded_at.toISOString(),
  type: stored.type,
  notice_hash: stored.notice_sha256 === null ? null : base64Url(stored.notice_sha256),
  commit: base64Url(stored.commitment),
  tag: base64Url(stored.tag),
})

export const hashesIn = (bytes: Uint8Array): readonly Hash[] =>
  Array.from({ length: bytes.byteLength / hashLength }, (_, at) =>
    bytes.subarray(at * hashLength, (at + 1) * hashLength),
  )

export const logColumns = ['seq', 'recorded_at', 'type', 'notice_sha256', 'commitment', 'tag'] as const

async function logName(db: Knex): Promise<string | undefined> {
  const row = await db<{ name: string }>('consent_logs').first('name')
  return row?.name
}

async function logSize(db: Knex): Promise<number> {
  const { rows } = await db.raw('select coalesce(max(seq) + 1, 0) as size from consent_log')
  return Number(rows[0].size)
}

/** A complete tile as it was kept; the open end of a level from what lies below it. */
const entriesFrom =
  (db: Knex): EntriesOf =>
  async (level, tile) => {
    const kept: { hashes: Buffer } | undefined = await db('consent_log_tiles')
      .first('hashes')
      .where({ level, tile })
    if (kept !== undefined) return hashesIn(kept.hashes)
    const within = [tile * tileWidth, (tile + 1) * tileWidth - 1] as const
    if (level > 0) {
      return db('consent_log_tiles')
        .where({ level: level - 1 })
        .whereBetween('tile', within)
        .orderBy('tile')
        .pluck('root')
    }
    const name = (await logName(db)) ?? ''
    const rows: StoredRow[] = await db('consent_log')
      .select(logColumns)
      .whereBetween('seq', within)
      .orderBy('seq')
    return rows.map((row) => rowHash(rowFrom(name, row)))
  }

const waitingSql = `
  select p.subject_id, p.event_id, p.commitment, case when p.commitment is null then e.sealed_evidence end as evidence,
    e.type, e.notice_sha256, e.recorded_at
  from consent_log_places p join consent_events e on e.subject_id = p.subject_id and e.event_id = p.event_id
  where p.seq is null order by p.event_id limit ?`

const placedSql = `
  with placed as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as r(subject_id uuid, event_id uuid, seq bigint,
      recorded_at timestamptz, type text, notice text, commitment text, tag text)
  ), logged as (
    insert into consent_log (seq, recorded_at, type, notice_sha256, commitment, tag)
    select seq, recorded_at, type, decode(notice, 'base64'), decode(commitment, 'base64'), decode(tag, 'base64')
    from placed order by seq
  )
  update consent_log_places p
     set seq = placed.seq, commitment = coalesce(p.commitment, decode(placed.commitment, 'base64'))
  from placed where p.subject_id = placed.subject_id and p.event_id = placed.event_id and p.seq is null`

const base64 = (text: string): string => Buffer.from(fromBase64Url(text)).toString('base64')

const placedJson = ({ subjectId, eventId, row }: PlacedFact) => ({
  subject_id: subjectId,
  event_id: eventId,
  seq: row.seq,
  recorded_at: row.recorded_at,
  type: row.type,
  notice: row.notice_hash === null ? null : base64(row.notice_hash),
  commitment: base64(row.commit),
  tag: base64(row.tag),
})

interface WaitingRow {
  readonly subject_id: SubjectId
  readonly event_id: ConsentEventId
  readonly commitment: Buffer | null
  readonly evidence: Buffer | null
  readonly type: string
  readonly notice_sha256: Buffer | null
  readonly recorded_at: Date
}

const tileRow = ({ level, tile, hashes, root }: Tile) => ({
  level,
  tile,
  hashes: Buffer.concat(hashes),
  root: Buffer.from(root),
})

async function openTurn(trx: Knex.Transaction, name: string, at: Date): Promise<AppendTurn> {
  const known = await logName(trx)
  if (known === undefined) await trx('consent_logs').insert({ name, opened_at: at })
  return {
    name: known ?? name,
    size: await logSize(trx),
    entriesOf: entriesFrom(trx),
    waiting: async (most) => {
      const { rows }: { rows: readonly WaitingRow[] } = await trx.raw(waitingSql, [most])
      return rows.map((row) => ({
        subjectId: row.subject_id,
        eventId: row.event_id,
        commitment: row.commitment ?? undefined,
        sealedEvidence: row.evidence ?? undefined,
        type: row.type,
        noticeHash: row.notice_sha256 ?? undefined,
        recordedAt: row.recorded_at,
      }))
    },
    append: async (facts, tiles) => {
      const { rowCount } = await trx.raw(placedSql, { rows: JSON.stringify(facts.map(placedJson)) })
      if (rowCount !== facts.length) throw new Error('A fact left the queue while it was given its place.')
      if (tiles.length > 0) await trx('consent_log_tiles').insert(tiles.map(tileRow))
    },
  }
}

interface CheckpointRow {
  readonly size: string
  readonly root: Buffer
  readonly issued_at: Date
  readonly jws: string
  readonly timestamp_token: Buffer | null
}

const checkpointFrom = (row: CheckpointRow): KeptCheckpoint => ({
  size: Number(row.size),
  root: row.root,
  issuedAt: row.issued_at,
  jws: row.jws,
  timestamp: row.timestamp_token ?? undefined,
})

/** A checkpoint with the timestamp it was kept with, or with the one that came later. */
const checkpointsIn = (db: Knex) =>
  db('consent_log_checkpoints as c')
    .leftJoin('consent_log_timestamps as t', 't.size', 'c.size')
    .select('c.size', 'c.root', 'c.issued_at', 'c.jws')
    .select(db.raw('coalesce(c.timestamp_token, t.token) as timestamp_token'))

export const pgConsentLog = (db: Knex): ConsentLog => ({
  inTurn: (name, at, act) =>
    db.transaction(async (trx) => {
      const { rows } = await trx.raw(
        "select pg_try_advisory_xact_lock(hashtext('placet.consent-log')) as mine",
      )
      return rows[0].mine === true ? act(await openTurn(trx, name, at)) : undefined
    }),
  name: () => logName(db),
  size: () => logSize(db),
  entriesOf: entriesFrom(db),
  rows: async (seqs) => {
    const name = (await logName(db)) ?? ''
    const rows: StoredRow[] = await db('consent_log').select(logColumns).whereIn('seq', seqs).orderBy('seq')
    return rows.map((row) => rowFrom(name, row))
  },
  placesOf: async (subjectId, eventIds) => {
    const rows: { event_id: ConsentEventId; seq: string }[] = await db('consent_log_places')
      .select('event_id', 'seq')
      .where({ subject_id: subjectId })
      .whereIn('event_id', eventIds)
      .whereNotNull('seq')
    return new Map(rows.map(({ event_id, seq }) => [event_id, Number(seq)]))
  },
  erasedOf: async (subjectId, eventIds) => {
    const kept: ConsentEventId[] = await db('consent_log_places')
      .where({ subject_id: subjectId })
      .whereIn('event_id', eventIds)
      .pluck('event_id')
    return new Set(eventIds.filter((eventId) => !kept.includes(eventId)))
  },
  newestCheckpoint: async () => {
    const row: CheckpointRow | undefined = await checkpointsIn(db).orderBy('c.size', 'desc').first()
    return row && checkpointFrom(row)
  },
  checkpoints: async (after = 0) => {
    const rows: CheckpointRow[] = await checkpointsIn(db).where('c.size', '>', after).orderBy('c.size')
    return rows.map(checkpointFrom)
  },
  keepCheckpoint: ({ size, root, issuedAt, jws, timestamp }, awaiting = false) =>
    db.transaction(async (trx) => {
      const kept = await trx('consent_log_checkpoints')
        .insert({
          size,
          root: Buffer.from(root),
          issued_at: issuedAt,
          jws,
          timestamp_token: timestamp === undefined ? null : Buffer.from(timestamp),
        })
        .onConflict('size')
        .ignore()
        .returning('size')
      if (kept.length === 0 || !awaiting) return
      await trx('consent_log_timestamps').insert({ size, asked_at: issuedAt, next_at: issuedAt })
    }),
  withoutTimestamp: async (now, most) => {
    const rows: CheckpointRow[] = await checkpointsIn(db)
      .whereNull('t.token')
      .where('t.next_at', '<=', now)
      .orderBy('t.next_at')
      .orderBy('c.size')
      .limit(most)
    return rows.map(checkpointFrom)
  },
  putOffTimestamp: async (size, at, next) => {
    await db('consent_log_timestamps')
      .where({ size })
      .whereNull('token')
      .update({ asked_at: at, next_at: next })
  },
  keepTimestamp: async (size, token, at) => {
    const kept = await db('consent_log_timestamps')
      .where({ size })
      .whereNull('token')
      .update({ token: Buffer.from(token), asked_at: at })
    return kept === 1
  },
})

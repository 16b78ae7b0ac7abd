import type { Knex } from 'knex'
import { nilUuid, type SubjectId } from '../../../kernel/ids.ts'
import { type EventRow, eventColumns, eventFromRow } from '../pg-event-row.ts'
import type { AuditedAct, LedgerAudit } from './ledger-audit.ts'
import { hashesIn, logColumns, pgConsentLog, rowFrom, type StoredRow } from './pg-consent-log.ts'
import { nodesInTiles } from './tree-tiles.ts'

const event = eventColumns.map((column) =>
  column.replace(/^([a-z_]+)$/, 'e.$1').replaceAll(/\b(occurred_at|recorded_at|notice_sha256)\b/g, 'e.$1'),
)

const actsSql = `
  select e.subject_id, json_build_array(${event.join(', ')}) as event, e.sealed_evidence, p.event_id as place, p.commitment as place_commitment,
    p.seq as place_seq, l.seq, l.recorded_at, l.type, l.notice_sha256, l.commitment, l.tag
  from consent_events e
    left join consent_log_places p on p.subject_id = e.subject_id and p.event_id = e.event_id
    left join consent_log l on l.seq = p.seq
  where (e.subject_id, e.event_id) > (cast(? as uuid), cast(? as uuid))
  order by e.subject_id, e.event_id limit ?`

interface ActRow extends Omit<StoredRow, 'seq'> {
  readonly subject_id: SubjectId
  readonly event: EventRow
  readonly sealed_evidence: Buffer
  readonly place: string | null
  readonly place_commitment: Buffer | null
  readonly place_seq: string | null
  readonly seq: string | null
}

const actFrom = (name: string, row: ActRow): AuditedAct => ({
  subjectId: row.subject_id,
  event: eventFromRow(row.event),
  sealedEvidence: row.sealed_evidence,
  place:
    row.place === null
      ? undefined
      : {
          commitment: row.place_commitment ?? undefined,
          seq: row.place_seq === null ? undefined : Number(row.place_seq),
        },
  entry: row.seq === null ? undefined : rowFrom(name, { ...row, seq: row.seq }),
})

const orphansSql = `
  select p.seq from consent_log_places p
  where not exists (select 1 from consent_events e where e.subject_id = p.subject_id and e.event_id = p.event_id)
  limit ?`

/** Build it on a transaction of isolation `repeatable read`, so that what is written meanwhile cannot look like a fault. */
function pgLedgerAudit(trx: Knex.Transaction): LedgerAudit {
  const log = pgConsentLog(trx)
  const name = async () => (await log.name()) ?? ''
  return {
    name: log.name,
    nodeAt: nodesInTiles(log.entriesOf),
    checkpoints: log.checkpoints,
    awaitingTimestamp: async () => {
      const [row] = await trx('consent_log_timestamps').whereNull('token').count({ waiting: '*' })
      return Number(row?.['waiting'] ?? 0)
    },
    rowsFrom: async (seq, most) => {
      const rows: StoredRow[] = await trx('consent_log')
        .select(logColumns)
        .where('seq', '>=', seq)
        .orderBy('seq')
        .limit(most)
      const called = await name()
      return rows.map((row) => rowFrom(called, row))
    },
    tile: async (level, tile) => {
      const row: { hashes: Buffer; root: Buffer } | undefined = await trx('consent_log_tiles')
        .first('hashes', 'root')
        .where({ level, tile })
      return row && { level, tile, hashes: hashesIn(row.hashes), root: row.root }
    },
    tileCounts: async () => {
      const { rows } = await trx.raw(
        'select level, count(*) as tiles from consent_log_tiles group by level order by level',
      )
      return rows.map(({ tiles }: { tiles: string }) => Number(tiles))
    },
    tombstones: async () => (await trx('consent_log_tombstones').pluck('seq')).map(Number),
    actsAfter: async (cursor, most) => {
      const from = [cursor?.subjectId ?? nilUuid, cursor?.eventId ?? nilUuid, most]
      const { rows }: { rows: readonly ActRow[] } = await trx.raw(actsSql, from)
      const called = await name()
      return rows.map((row) => actFrom(called, row))
    },
    placesWithoutAct: async (most) => {
      const { rows } = await trx.raw(orphansSql, [most])
      return rows.map(({ seq }: { seq: string | null }) => (seq === null ? undefined : Number(seq)))
    },
  }
}

/**
 * One snapshot, read-only, without the deadlines of ordinary work: a long log takes its time. `act` is given the
 * snapshot's transaction too, for what else it must read of the same moment.
 */
export const auditLedger = <Result>(
  db: Knex,
  act: (audit: LedgerAudit, snapshot: Knex.Transaction) => Promise<Result>,
): Promise<Result> =>
  db.transaction(
    async (trx) => {
      await trx.raw('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
      return act(pgLedgerAudit(trx), trx)
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  )

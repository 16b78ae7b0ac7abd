import type { Knex } from 'knex'
import type { LedgerFinding } from './ledger-audit.ts'
import type {
  LedgerProof,
  LedgerVerificationReads,
  LedgerVerificationStore,
} from './ledger-verification-store.ts'

const table = 'consent_log_verifications'

interface Row {
  readonly verified_at: Date
  readonly since: string
  readonly size: string
  readonly faults: string
  readonly findings: readonly LedgerFinding[]
}

const fromRow = (row: Row): LedgerProof => ({
  verifiedAt: row.verified_at,
  since: Number(row.since),
  size: Number(row.size),
  faults: Number(row.faults),
  findings: row.findings,
})

export const pgLedgerVerificationStore = (trx: Knex.Transaction): LedgerVerificationStore => ({
  keep: async ({ verifiedAt, since, size, faults, findings }) => {
    // Two processes at the same instant found the same.
    await trx(table)
      .insert({ verified_at: verifiedAt, since, size, faults, findings: JSON.stringify(findings) })
      .onConflict('verified_at')
      .ignore()
  },
})

export const pgLedgerVerificationReads = (lane: Knex): LedgerVerificationReads => {
  const newest = (query: Knex.QueryBuilder): Promise<Row | undefined> =>
    query.orderBy('verified_at', 'desc').first()
  return {
    last: async () => {
      const row = await newest(lane(table))
      return row && fromRow(row)
    },
    lastWhole: async () => {
      const row = await newest(lane(table).where({ since: 0 }))
      return row && fromRow(row)
    },
  }
}

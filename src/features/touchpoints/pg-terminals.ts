import type { Knex } from 'knex'
import { terminalCodeMinutes } from './terminal-code.ts'
import type { TerminalReads, TerminalStore } from './terminal-store.ts'

interface Row {
  readonly touchpoint_id: string
  readonly key_thumbprint: string
  readonly enrolled_at: Date
  readonly revoked_at: Date | null
}

export const pgTerminalReads = (db: Knex): TerminalReads => ({
  list: async () =>
    (await db<Row>('terminals').select('*').orderBy('touchpoint_id')).map((row) => ({
      touchpointId: row.touchpoint_id,
      keyThumbprint: row.key_thumbprint,
      state: row.revoked_at === null ? 'enrolled' : 'revoked',
      enrolledAt: row.enrolled_at,
      revokedAt: row.revoked_at ?? undefined,
    })),
})

/** The key a terminal has now; undefined of one that was never enrolled. A revoked one has `null`: nothing is signed with it. */
export const terminalKeyOf =
  (db: Knex) =>
  async (touchpointId: string): Promise<string | null | undefined> => {
    const row = await db<Row>('terminals').where('touchpoint_id', touchpointId).first()
    return row === undefined || row.revoked_at === null ? row?.key_thumbprint : null
  }

/** Codes that nobody can use any more, kept a month for whoever looks into an odd enrolment. */
export const sweepTerminalCodes = (db: Knex): Promise<number> =>
  db('terminal_codes').where('expires_at', '<', db.raw("now() - interval '30 days'")).delete()

export function pgTerminalStore(trx: Knex.Transaction): TerminalStore {
  const rows = async <Found>(sql: string, values: readonly Knex.RawBinding[]): Promise<readonly Found[]> =>
    (await trx.raw(sql, values)).rows

  return {
    addCode: async (codeHash, touchpointId, issuedBy, at) => {
      await rows('delete from terminal_codes where touchpoint_id = ? and consumed_at is null', [touchpointId])
      const [made] = await rows<{ expires_at: Date }>(
        `insert into terminal_codes (code_hash, touchpoint_id, issued_by, created_at, expires_at)
         values (?, ?, ?, ?, now() + make_interval(mins => ?)) returning expires_at`,
        [Buffer.from(codeHash), touchpointId, issuedBy, at, terminalCodeMinutes],
      )
      if (made === undefined) throw new Error('A code was inserted but not returned.')
      return made.expires_at
    },
    knowsCode: async (codeHash) => {
      const found = await rows(
        'select 1 from terminal_codes where code_hash = ? and consumed_at is null and expires_at > now()',
        [Buffer.from(codeHash)],
      )
      return found.length > 0
    },
    consumeCode: async (codeHash) => {
      const [row] = await rows<{ touchpoint_id: string }>(
        `update terminal_codes set consumed_at = now()
         where code_hash = ? and consumed_at is null and expires_at > now() returning touchpoint_id`,
        [Buffer.from(codeHash)],
      )
      return row?.touchpoint_id
    },
    dropCodes: async (touchpointIds) => {
      await trx('terminal_codes')
        .whereIn('touchpoint_id', [...touchpointIds])
        .whereNull('consumed_at')
        .delete()
    },
    enrol: async (touchpointId, keyThumbprint, at) => {
      await trx('terminals')
        .insert({
          touchpoint_id: touchpointId,
          key_thumbprint: keyThumbprint,
          enrolled_at: at,
          revoked_at: null,
        })
        .onConflict('touchpoint_id')
        .merge()
    },
    revoke: async (touchpointIds, at) => {
      const revoked = await trx<Row>('terminals')
        .whereIn('touchpoint_id', [...touchpointIds])
        .whereNull('revoked_at')
        .update({ revoked_at: at })
        .returning('touchpoint_id')
      return revoked.map(({ touchpoint_id }) => touchpoint_id).sort()
    },
  }
}

import type { Knex } from 'knex'
import type { Claimed, LoyaltyStores, PresentationReads } from './presentation-store.ts'

interface Row {
  readonly client_id: string
  readonly touchpoint_id: string
  readonly request_hash: Buffer
  readonly late: boolean
  readonly presented_at: Date
  readonly received_at: Date
}

export const pgLoyaltyStores = (trx: Knex.Transaction): LoyaltyStores => ({
  presentations: {
    claim: async (presentation): Promise<Claimed> => {
      const key = {
        subject_id: presentation.subjectId,
        code_hash: Buffer.from(presentation.fingerprint),
      }
      const claimed = await trx('loyalty_presentations')
        .insert({
          ...key,
          client_id: presentation.clientId,
          touchpoint_id: presentation.touchpointId,
          request_hash: Buffer.from(presentation.requestHash),
          late: presentation.late,
          presented_at: presentation.presentedAt,
          received_at: presentation.receivedAt,
        })
        .onConflict(['subject_id', 'code_hash'])
        .ignore()
        .returning('subject_id')
      if (claimed.length === 1) return 'first'
      const held = await trx<Row>('loyalty_presentations')
        .where(key)
        .first('client_id', 'touchpoint_id', 'request_hash')
      if (held?.client_id !== presentation.clientId || held.touchpoint_id !== presentation.touchpointId) {
        return 'elsewhere'
      }
      return held.request_hash.equals(presentation.requestHash) ? 'same-request' : 'same-till'
    },
  },
})

export const pgPresentationReads = (db: Knex): PresentationReads => ({
  wasAnswered: async ({ subjectId, fingerprint, clientId, touchpointId, requestHash, since }) => {
    const row = await db('loyalty_presentations')
      .where({
        subject_id: subjectId,
        code_hash: Buffer.from(fingerprint),
        client_id: clientId,
        touchpoint_id: touchpointId,
        request_hash: Buffer.from(requestHash),
        late: false,
      })
      .where('received_at', '>', since)
      .first('subject_id')
    return row !== undefined
  },
  of: async (subjectId) =>
    (
      await db<Row & { subject_id: string }>('loyalty_presentations')
        .where('subject_id', subjectId)
        .orderBy('presented_at', 'desc')
    ).map((row) => ({
      clientId: row.client_id,
      touchpointId: row.touchpoint_id,
      late: row.late,
      presentedAt: row.presented_at,
      receivedAt: row.received_at,
    })),
})

/** Few enough that one statement ends long before the lane cuts it off. */
const bite = 5_000

/**
 * A code is good for a minute and told of for thirty days; after that nobody asks whether it was shown before. In bites that
 * step over rows somebody holds: after a day without sweeping a chain of shops has a million of them.
 */
export async function sweepPresentations(db: Knex, now: Date, most = bite): Promise<number> {
  const before = new Date(now.getTime() - 31 * 86_400_000)
  let gone = 0
  for (;;) {
    const { rowCount } = await db.raw<{ rowCount: number }>(
      `delete from loyalty_presentations where (subject_id, code_hash) in (
         select subject_id, code_hash from loyalty_presentations where received_at < ? limit ? for update skip locked)`,
      [before, most],
    )
    gone += rowCount
    if (rowCount < most) return gone
  }
}

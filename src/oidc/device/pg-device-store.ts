import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import { keepEngineApproval, revokeEngineApproval } from '../pg-engine-approval.ts'
import type { DeviceStores, EndedBecause, FlowState, StoredFlow } from './device-store.ts'
import { superseded } from './pg-superseded.ts'

interface Row {
  device_code_hash: Buffer
  client_id: string
  touchpoint_id: string
  state: FlowState
  particulars: Buffer
  started_at: Date
  code_expires_at: Date
  claimed_by: SubjectId
  grant_id: string | null
  ended_because: EndedBecause | null
}

const read = (row: Row): StoredFlow => ({
  codeHash: row.device_code_hash,
  clientId: row.client_id,
  touchpointId: row.touchpoint_id,
  state: row.state,
  particulars: row.particulars,
  startedAt: row.started_at,
  expiresAt: row.code_expires_at,
  claimedBy: row.claimed_by,
  grantId: row.grant_id ?? undefined,
  endedBecause: row.ended_because ?? undefined,
})

const isMine = 'f.claimed_by is null or f.claimed_by = :subjectId'
/** A phone that has both kinds of address uses them in turn, so one of another kind says nothing. */
const isNear = `f.claimed_network is null or f.claimed_network = :network
  or (strpos(f.claimed_network, ':') > 0) <> (strpos(:network, ':') > 0)`

export const pgDeviceStores = (trx: Knex.Transaction): DeviceStores => ({
  device: {
    lock: async (userCodeHash) => {
      const { rows } = await trx.raw<{ rows: { id_hash: Buffer; payload: Buffer }[] }>(
        `select id_hash, payload from oidc_tokens
          where id_hash = (select device_code_hash from oidc_device_flows where user_code_hash = ?) for update`,
        [Buffer.from(userCodeHash)],
      )
      const [row] = rows
      return row && { codeHash: row.id_hash, sealed: row.payload }
    },
    claim: async (userCodeHash, { subjectId, network }, at) => {
      const { rows } = await trx.raw<{ rows: Row[] }>(
        `update oidc_device_flows f set
           state = case when not (${isMine}) or not (${isNear}) then 'killed'
                        when f.state = 'shown' then 'claimed' else f.state end,
           ended_because = case when not (${isMine}) then 'second-account'
                                when not (${isNear}) then 'second-network' else f.ended_because end,
           claimed_by = coalesce(f.claimed_by, :subjectId), claimed_network = coalesce(f.claimed_network, :network)
         where f.user_code_hash = :userCodeHash and f.code_expires_at > :at
           and (f.state in ('claimed', 'approved', 'redeemed')
             or (f.state = 'shown' and f.claim_until > :at and not ${superseded(':at::timestamptz')}))
           and exists (select 1 from clients c where c.client_id = f.client_id and c.state = 'active')
         returning f.*`,
        { userCodeHash: Buffer.from(userCodeHash), subjectId, network, at },
      )
      return rows[0] && read(rows[0])
    },
    approve: async (codeHash, subjectId, grantId) => {
      const { rows } = await trx.raw(
        `update oidc_device_flows set state = 'approved', grant_id = :grantId
          where device_code_hash = :codeHash and state = 'claimed' and claimed_by = :subjectId
            and exists (select 1 from subjects where subject_id = :subjectId and state = 'active')
          returning 1`,
        { codeHash: Buffer.from(codeHash), subjectId, grantId },
      )
      return rows.length === 1
    },
    end: async (codeHash, subjectId, because) => {
      const { rows } = await trx.raw(
        `update oidc_device_flows set state = :to, ended_because = :because
          where device_code_hash = :codeHash and state = 'claimed' and claimed_by = :subjectId returning 1`,
        {
          codeHash: Buffer.from(codeHash),
          subjectId,
          because,
          to: because === 'declined' ? 'declined' : 'killed',
        },
      )
      return rows.length === 1
    },
    report: async (userCodeHash, subjectId) => {
      const { rows } = await trx.raw<{ rows: Row[] }>(
        `update oidc_device_flows set state = 'killed', ended_because = 'reported'
          where user_code_hash = :userCodeHash and claimed_by = :subjectId
            and state in ('claimed', 'approved', 'redeemed') returning *`,
        { userCodeHash: Buffer.from(userCodeHash), subjectId },
      )
      return rows[0] && read(rows[0])
    },
    keepApproval: (approval) => keepEngineApproval(trx, approval),
    revoke: (flow) => revokeEngineApproval(trx, flow),
  },
})
